from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from modig.apps.people.models import Person
from modig.apps.tenancy.models import Owned


class ReminderPause(Owned):
    """That somebody wants no reminders by e-mail until a day; without a day, none at all."""

    person = models.OneToOneField(Person, models.CASCADE, related_name="reminder_pause")
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta(Owned.Meta):
        ordering = ["person"]

    def __str__(self) -> str:
        return str(self.person)

    def holds(self, on: date) -> bool:
        return self.until is None or on < self.until
