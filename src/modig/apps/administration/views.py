from collections.abc import Iterable, Iterator
from smtplib import SMTPException
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.administration import actions, queries
from modig.apps.administration.forms import InvitationForm, MemberForm, RoleForm, in_words
from modig.apps.administration.invitations import send_invitation
from modig.apps.administration.permissions import may_administer_member, may_administer_role
from modig.apps.administration.queries import MemberFilter, find_member, find_role
from modig.apps.people.forms.fields import said
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.permissions import may_administer
from modig.apps.tenancy.roles import Permission
from modig.apps.ui.answers import as_file, conflict, page_of, version_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_administer)
def user_list(request: HttpRequest) -> HttpResponseBase:
    wanted = _wanted(request)
    found = queries.members(wanted)
    if wants_file(request):
        columns = [_("Name"), _("E-mail"), _("Role"), _("Person"), _("Last signed in")]
        return as_file(request, _("users"), columns, _user_rows(queries.with_users(found)))
    page = page_of(request, found)
    shown = queries.with_users(page)
    persons = queries.persons_of(shown)
    context = {
        "page": page,
        "rows": [(one, persons.get(one.user_id)) for one in shown],
        "wanted": wanted,
        "roles": Role.objects.all(),
        "waiting": queries.members_waiting(),
    }
    return render(request, "administration/user_list.html", context)


@get_and_post
@needs(may_administer)
def user_new(request: HttpRequest) -> HttpResponse:
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        try:
            member = actions.invite_user(
                **form.cleaned_data, by=visitor(request), at=timezone.now()
            )
        except actions.AlreadyMemberError:
            form.add_error("email", _("This address belongs to a user here already."))
        else:
            _invite(request, member)
            return redirect("administration:user", membership_id=member.pk)
    return render(request, "administration/user_new.html", {"form": form})


@get_and_post
@needs_on(find_member, may_administer_member)
def user(request: HttpRequest, member: Membership) -> HttpResponse:
    person = queries.persons_of([member]).get(member.user_id)
    form = MemberForm(request.POST or None, member=member, person=person)
    if form.is_valid():
        try:
            actions.change_member(
                member, **form.cleaned_data, by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            return _too_late_for_member(request, form, error)
        except actions.NoAdministratorLeftError:
            form.add_error("role", _("Somebody must be able to administer. Name another first."))
            member = find_member(member.pk)
        else:
            messages.success(request, _("%(name)s is saved.") % {"name": member.user})
            return _after_change(request, member)
    context = {"form": form, "member": member, "person": person}
    return render(request, "administration/user.html", context)


@require_POST
@needs_on(find_member, may_administer_member)
def user_invitation(request: HttpRequest, member: Membership) -> HttpResponse:
    """Send the invitation once more."""
    _invite(request, member)
    return redirect("administration:user", membership_id=member.pk)


@get_and_post
@needs_on(find_member, may_administer_member)
def user_removal(request: HttpRequest, member: Membership) -> HttpResponse:
    back = reverse("administration:user", args=[member.pk])
    if request.method == "POST":
        try:
            actions.remove_member(
                member, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=[], back=back)
        except actions.NoAdministratorLeftError:
            text = _("Somebody must be able to administer. Name another first.")
            messages.error(request, text)
            return redirect(back)
        messages.success(request, _("%(name)s is no user here any more.") % {"name": member.user})
        return redirect("/" if member.user == request.user else "administration:users")
    return render(request, "administration/user_removal.html", {"member": member, "back": back})


@require_safe
@needs(may_administer)
def role_list(request: HttpRequest) -> HttpResponseBase:
    found = list(queries.roles())
    if wants_file(request):
        columns = [_("Role"), _("Users"), *(str(one.label) for one in Permission)]
        return as_file(request, _("roles"), columns, _role_rows(found))
    rows = [(role, in_words(role.permissions)) for role in found]
    return render(request, "administration/role_list.html", {"rows": rows})


@get_and_post
@needs(may_administer)
def role_new(request: HttpRequest) -> HttpResponse:
    form = RoleForm(request.POST or None)
    if form.is_valid():
        role = actions.create_role(
            names=form.names,
            permissions=form.cleaned_data["permissions"],
            by=visitor(request),
            at=timezone.now(),
        )
        messages.success(request, _("The role %(role)s is there.") % {"role": role})
        return redirect("administration:roles")
    return render(request, "administration/role_new.html", {"form": form})


@get_and_post
@needs_on(find_role, may_administer_role)
def role(request: HttpRequest, role: Role) -> HttpResponse:
    form = RoleForm(request.POST or None, role=role)
    if form.is_valid():
        try:
            actions.edit_role(
                role,
                version=form.cleaned_data["version"] or 0,
                names=form.names,
                permissions=form.cleaned_data["permissions"],
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            differing = form.both_texts(find_role(role.pk))
            return conflict(
                request, error, differing=differing, back=reverse("administration:roles")
            )
        except actions.NoAdministratorLeftError:
            text = _("Then nobody could administer. Give another role that permission first.")
            form.add_error("permissions", text)
            role = find_role(role.pk)
        else:
            messages.success(request, _("The role %(role)s is saved.") % {"role": role})
            return redirect("administration:roles")
    return render(request, "administration/role.html", {"form": form, "role": role})


@get_and_post
@needs_on(find_role, may_administer_role)
def role_removal(request: HttpRequest, role: Role) -> HttpResponse:
    back = reverse("administration:role", args=[role.pk])
    if request.method == "POST":
        try:
            actions.remove_role(
                role, version=version_of(request), by=visitor(request), at=timezone.now()
            )
        except EditedMeanwhileError as error:
            return conflict(request, error, differing=[], back=back)
        except actions.RoleInUseError:
            messages.error(request, _("Somebody has the role. Give them another one first."))
            return redirect(back)
        messages.success(request, _("The role %(role)s is gone.") % {"role": role})
        return redirect("administration:roles")
    return render(request, "administration/role_removal.html", {"role": role, "back": back})


def _wanted(request: HttpRequest) -> MemberFilter:
    role = request.GET.get("role", "")
    return MemberFilter(
        text=request.GET.get("q", "").strip(),
        role=int(role) if role.isdecimal() else None,
        waiting="waiting" in request.GET,
    )


def _user_rows(found: list[Membership]) -> Iterator[tuple[Any, ...]]:
    persons = queries.persons_of(found)
    for one in found:
        person = persons.get(one.user_id)
        named = said(person) if person else ""
        yield (one.user.name, one.user.email, one.role.name, named, one.user.last_login)


def _role_rows(found: Iterable[Role]) -> Iterator[tuple[Any, ...]]:
    for role in found:
        may = [_("yes") if one in role.permissions else "" for one in Permission]
        yield (role.name, role.holders, *may)  # type: ignore[attr-defined]


def _too_late_for_member(
    request: HttpRequest, form: MemberForm, error: EditedMeanwhileError
) -> HttpResponse:
    theirs = find_member(error.theirs.pk)
    person = queries.persons_of([theirs]).get(theirs.user_id)
    back = reverse("administration:user", args=[theirs.pk])
    return conflict(request, error, differing=form.both_texts(theirs, person), back=back)


def _after_change(request: HttpRequest, member: Membership) -> HttpResponse:
    """Back to the list; but not for somebody who has just given up administering."""
    lost = member.user == request.user and Permission.ADMINISTER not in member.role.permissions
    return redirect("/" if lost else "administration:users")


def _invite(request: HttpRequest, member: Membership) -> None:
    try:
        send_invitation(request, member, visitor(request))
    except (OSError, SMTPException):
        text = _("%(name)s is a user, but the mail could not be sent. Try again in a while.")
        messages.error(request, text % {"name": member.user})
    else:
        text = _("The invitation is on its way to %(email)s.")
        messages.success(request, text % {"email": member.user.email})
