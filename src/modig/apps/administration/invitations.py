"""The mail that tells somebody that she has become a user."""

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from modig.apps.accounts.models import User
from modig.apps.tenancy.models import Membership


def send_invitation(request: HttpRequest, member: Membership, by: User) -> None:
    """Write to the member in her language; the mail holds no secret, so it may be sent again."""
    context = {
        "member": member,
        "by": by,
        "address": request.build_absolute_uri(reverse("account_request_login_code")),
    }
    with translation.override(member.user.language):
        subject = render_to_string("administration/email/invitation_subject.txt", context)
        text = render_to_string("administration/email/invitation_message.txt", context)
    send_mail(" ".join(subject.split()), text.strip() + "\n", None, [member.user.email])
