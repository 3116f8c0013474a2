"""The roles and permissions that a new organisation starts with."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Permission(TextChoices):
    """What can be allowed. A role is a named set of these."""

    ADMINISTER = "organisation.administer", _("administer the organisation, its users and roles")
    SEE_AUDIT = "audit.see", _("see who did what")
    SEE_UNITS = "units.see", _("see the units and their numbers")
    SEE_PEOPLE = "people.see", _("see every person")
    EDIT_PEOPLE = "people.edit", _("edit units, people and teams")
    IMPORT_PEOPLE = "people.import", _("import HR files")
    SEE_OWN_UNIT = "unit.see_own", _("see the people of the units one leads")
    SEE_OWN_TEAM = "team.see_own", _("see and lead one's own management team")
    SEE_PROGRAMME = "programme.see", _("see programmes and plans")
    EDIT_PROGRAMME = "programme.edit", _("edit programmes, waves, blocks and rules")
    PLAN = "programme.plan", _("make and change plans")
    PUBLISH = "programme.publish", _("publish plans")
    FACILITATE = "groups.facilitate", _("see the groups one facilitates")
    TAKE_PART = "groups.take_part", _("see one's own group and dates")
    SEE_DIRECTION = "direction.see", _("see vision, goals and the thread")
    EDIT_DIRECTION = "direction.edit", _("edit vision, goals and strategy")
    AGREE = "agreements.make", _("make assignments and agreements of one's own")
    SEE_INITIATIVES = "initiatives.see", _("see initiatives and benefits")
    OWN_INITIATIVES = "initiatives.own", _("enter initiatives and lead one's own")
    EDIT_INITIATIVES = "initiatives.edit", _("edit every initiative, many at a time too")
    RUN_FORMS = "forms.run", _("send out forms and read their results")


@dataclass(frozen=True, slots=True)
class StartingRole:
    code: str
    names: dict[str, str]
    permissions: tuple[Permission, ...]


P = Permission
STARTING_ROLES = (
    StartingRole(
        "administrator", {"sv": "Administratör", "en": "Administrator"}, tuple(Permission)
    ),
    StartingRole(
        "programme-owner",
        {"sv": "Programägare", "en": "Programme owner"},
        (
            P.SEE_AUDIT,
            P.SEE_UNITS,
            P.SEE_PEOPLE,
            P.EDIT_PEOPLE,
            P.IMPORT_PEOPLE,
            P.SEE_PROGRAMME,
            P.EDIT_PROGRAMME,
            P.PLAN,
            P.PUBLISH,
            P.TAKE_PART,
            P.SEE_DIRECTION,
            P.EDIT_DIRECTION,
            P.AGREE,
            P.SEE_INITIATIVES,
            P.OWN_INITIATIVES,
            P.EDIT_INITIATIVES,
            P.RUN_FORMS,
        ),
    ),
    StartingRole(
        "facilitator",
        {"sv": "Handledare", "en": "Facilitator"},
        (P.FACILITATE, P.TAKE_PART, P.SEE_DIRECTION),
    ),
    StartingRole(
        "team-leader",
        {"sv": "Teamledare", "en": "Team leader"},
        (
            P.SEE_UNITS,
            P.SEE_OWN_TEAM,
            P.SEE_OWN_UNIT,
            P.TAKE_PART,
            P.SEE_DIRECTION,
            P.AGREE,
            P.SEE_INITIATIVES,
            P.OWN_INITIATIVES,
        ),
    ),
    StartingRole(
        "unit-manager",
        {"sv": "Enhetschef", "en": "Unit manager"},
        (
            P.SEE_UNITS,
            P.SEE_OWN_UNIT,
            P.TAKE_PART,
            P.SEE_DIRECTION,
            P.AGREE,
            P.SEE_INITIATIVES,
            P.OWN_INITIATIVES,
        ),
    ),
    StartingRole(
        "participant",
        {"sv": "Deltagare", "en": "Participant"},
        (P.TAKE_PART, P.SEE_DIRECTION, P.AGREE, P.SEE_INITIATIVES, P.OWN_INITIATIVES),
    ),
    StartingRole(
        "chief-executive",
        {"sv": "Kommundirektör", "en": "Chief executive"},
        (
            P.SEE_UNITS,
            P.SEE_PEOPLE,
            P.SEE_PROGRAMME,
            P.TAKE_PART,
            P.EDIT_DIRECTION,
            P.SEE_DIRECTION,
            P.AGREE,
            P.SEE_INITIATIVES,
            P.OWN_INITIATIVES,
        ),
    ),
    StartingRole(
        "partner",
        {"sv": "Partner, kundansvarig", "en": "Partner, account lead"},
        (
            P.SEE_UNITS,
            P.SEE_PEOPLE,
            P.SEE_PROGRAMME,
            P.EDIT_PROGRAMME,
            P.PLAN,
            P.FACILITATE,
            P.SEE_DIRECTION,
            P.SEE_INITIATIVES,
            P.RUN_FORMS,
        ),
    ),
    StartingRole(
        "reader",
        {"sv": "Läsare", "en": "Reader"},
        (P.SEE_UNITS, P.SEE_PROGRAMME, P.SEE_DIRECTION, P.SEE_INITIATIVES),
    ),
)
