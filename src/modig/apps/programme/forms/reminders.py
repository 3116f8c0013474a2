"""Whether one wants reminders by e-mail."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ReminderForm(forms.Form):
    """One press: a while, for good, or again."""

    WANTS = (
        ("a_while", _("None for three months")),
        ("never", _("None at all")),
        ("again", _("Remind me again")),
    )
    wants = forms.ChoiceField(choices=WANTS)
