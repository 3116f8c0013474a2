"""What a quota can count, by the names that people know."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from modig.apps.people.models import LegalEntity, Person, StaffRole, Unit
from modig.apps.programme.models import Attribute, GroupQuota

Choices = list[tuple[str, str]]
BETWEEN = "="


class Kinds:
    """Departments, companies, roles and genders of the organisation, and "each" of a kind."""

    def __init__(self) -> None:
        units = Unit.objects.filter(parent=None, closed_on=None).order_by("sorting", "pk")
        entities = LegalEntity.objects.all()
        genders = Person.objects.exclude(gender="").values_list("gender", flat=True)
        self.values: dict[str, Choices] = {
            Attribute.ENTITY: [(one.code, str(one)) for one in entities],
            Attribute.DEPARTMENT: [(one.code, str(one)) for one in units],
            Attribute.ROLE: [(code, str(label)) for code, label in StaffRole.choices],
            Attribute.GENDER: [(one, one) for one in genders.order_by("gender").distinct()],
        }
        self.names = {
            (kind, code): name for kind, values in self.values.items() for code, name in values
        }

    def choices(self) -> list[tuple[str, Choices]]:
        """What the form offers, in parts: each of a kind first."""
        each = [(f"{one.value}{BETWEEN}", self._each(one.value)) for one in Attribute]
        parts = [
            (
                str(Attribute(kind).label),
                [(f"{kind}{BETWEEN}{code}", name) for code, name in values],
            )
            for kind, values in self.values.items()
            if values
        ]
        return [(pgettext("of every kind", "Each"), each), *parts]

    def name(self, quota: GroupQuota) -> str:
        """Whom a quota counts."""
        if not quota.value:
            return self._each(quota.attribute)
        return self.names.get((quota.attribute, quota.value), quota.value)

    def _each(self, attribute: str) -> str:
        return _("Each %(kind)s") % {"kind": Attribute(attribute).label}
