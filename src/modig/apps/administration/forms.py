from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from modig.apps.people.forms.base import NamingForm
from modig.apps.people.forms.fields import PersonField, said
from modig.apps.people.models import Person
from modig.apps.tenancy.models import Membership, Role
from modig.apps.tenancy.roles import Permission
from modig.apps.ui.answers import Differing


class RoleField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the organisation's roles; they are only known once a form is made."""

    def __init__(self, **given: Any) -> None:
        super().__init__(Role.across_organisations.none(), empty_label=None, **given)


class MemberFields(NamingForm):
    role = RoleField(label=_("Role"))
    person = PersonField(
        label=_("Is this person"),
        required=False,
        help_text=_("Name or employee number. Then the pages show the own unit, team and group."),
    )
    user_id: int | None = None

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["role"].queryset = Role.objects.all()  # type: ignore[attr-defined]

    def clean_person(self) -> Person | None:
        person: Person | None = self.cleaned_data["person"]
        if person and person.user_id not in {None, self.user_id}:
            raise ValidationError(_("Another user is linked to %(person)s.") % {"person": person})
        return person


class InvitationForm(MemberFields):
    """Who is invited, and as what."""

    email = forms.EmailField(
        label=_("E-mail"), help_text=_("The address at work; it is what one signs in with.")
    )
    name = forms.CharField(label=_("Name"), max_length=200)
    language = forms.ChoiceField(
        label=_("Language of the invitation"), choices=settings.LANGUAGES, initial="sv"
    )
    field_order = ["email", "name", "role", "person", "language"]


class MemberForm(MemberFields):
    """What a member may do, and which person she is."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, *given: Any, member: Membership, person: Person | None, **named: Any
    ) -> None:
        initial = {"role": member.role_id, "person": person, "version": member.version}
        self.user_id = member.user_id
        super().__init__(*given, initial=initial, **named)

    def both_texts(self, theirs: Membership, person: Person | None) -> Differing:
        """What was chosen here beside what stands there now."""
        mine = self.cleaned_data
        pairs = [
            (str(_("Role")), str(mine["role"]), str(theirs.role)),
            (str(_("Is this person")), _said(mine["person"]), _said(person)),
        ]
        return [pair for pair in pairs if pair[1] != pair[2]]


class RoleForm(forms.Form):
    """A role's names and what it allows."""

    name_sv = forms.CharField(label=_("Name in Swedish"), max_length=80)
    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    permissions = forms.MultipleChoiceField(
        label=_("Whoever has the role may"),
        choices=Permission.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the role allows.")},
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *given: Any, role: Role | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        if role is not None:
            self.initial = {
                "name_sv": role.names.get("sv", ""),
                "name_en": role.names.get("en", ""),
                "permissions": role.permissions,
                "version": role.version,
            }

    @property
    def names(self) -> dict[str, str]:
        return {"sv": self.cleaned_data["name_sv"], "en": self.cleaned_data["name_en"]}

    def both_texts(self, theirs: Role) -> Differing:
        """What was written here beside what stands there now."""
        mine = self.cleaned_data
        pairs = [
            (str(_("Name in Swedish")), mine["name_sv"], theirs.names.get("sv", "")),
            (str(_("Name in English")), mine["name_en"], theirs.names.get("en", "")),
            (
                str(_("Whoever has the role may")),
                in_words(mine["permissions"]),
                in_words(theirs.permissions),
            ),
        ]
        return [pair for pair in pairs if pair[1] != pair[2]]


def in_words(permissions: list[str]) -> str:
    """The permissions as one line of words, in their own order."""
    return " · ".join(str(one.label) for one in Permission if one in permissions)


def _said(person: Person | None) -> str:
    return said(person) if person else "–"
