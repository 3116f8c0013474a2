"""Texts of Django and its packages that we say in our own words.

Nothing imports this: it tells the translations which of their texts stand in ours, which go first.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

ONES = (
    _("This field is required."),
    _("Enter a valid email address."),
    _("Select a valid choice. That choice is not one of the available choices."),
    _("Select a valid choice. %(value)s is not one of the available choices."),
    _("Enter a whole number."),
    _("Enter a number."),
    _("Enter a valid date."),
    _("Enter a valid time."),
    _("Ensure this value is less than or equal to %(limit_value)s."),
    _("Ensure this value is greater than or equal to %(limit_value)s."),
    _("The password is too similar to the %(verbose_name)s."),
    _("This password is too common."),
    _("This password is entirely numeric."),
    _("You must type the same password each time."),
    _("No file was submitted. Check the encoding type on the form."),
    _("The submitted file is empty."),
)
MANY = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "n",
    ),
    ngettext_lazy(
        "Ensure this value has at most %(limit_value)d character (it has %(show_value)d).",
        "Ensure this value has at most %(limit_value)d characters (it has %(show_value)d).",
        "limit_value",
    ),
)
