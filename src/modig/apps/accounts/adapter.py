from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from modig.apps.accounts.actions import choose_language
from modig.apps.accounts.languages import CHOSEN_LANGUAGE, LANGUAGES
from modig.apps.accounts.models import User

WRONG_CODE = _("That code does not fit. Look in the mail again, or have a new one sent.")


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by the organisation, never by a visitor; what goes wrong is said calmly."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed. Ask your administrator."),
        "email_password_mismatch": _(
            "The e-mail address and the password do not fit together. Try again, or get a code."
        ),
        "enter_current_password": _("That is not the password that you have now."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("That is not your password."),
        "invalid_password_reset": _("The link has been used or is too old. Ask for a new one."),
        "too_many_login_attempts": _("Too many tries. Wait five minutes and try again."),
        "rate_limited": _("That was many times in a short while. Wait a minute and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 -- its signature
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """Sign in; a language chosen on the way in becomes the user's own."""
        chosen = request.session.pop(CHOSEN_LANGUAGE, "")
        super().login(request, user)
        if chosen in LANGUAGES:
            choose_language(user, chosen)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write in the language of the one who reads, whatever page caused the mail."""
        reader = User.objects.filter(email__iexact=email).first()
        with translation.override(reader.language if reader else translation.get_language()):
            super().send_mail(template_prefix, email, {"reader": reader, **context})

    def send_notification_mail(
        self,
        template_prefix: str,
        user: User,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell the user by the one address that she has."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)
