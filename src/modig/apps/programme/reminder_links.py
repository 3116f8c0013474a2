"""The link in a reminder that leads to "no more of these": it names its reader, and is stored nowhere."""

from django.core import signing
from django.urls import reverse

from modig.apps.people.models import Person

SALT = "modig.programme.reminders"
DAYS_IT_WORKS = 180


def pause_address(person: Person, address: str) -> str:
    """Where ``person`` says that she wants no reminders, on the site at ``address``."""
    token = signing.dumps(person.pk, salt=SALT)
    return f"{address.rstrip('/')}{reverse('programme:reminders_by_link', args=[token])}"


def person_behind(token: str) -> Person | None:
    """Whose reminders a link is about, in whatever organisation; nobody's if it is old or not ours."""
    try:
        pk = signing.loads(token, salt=SALT, max_age=DAYS_IT_WORKS * 24 * 3600)
    except signing.BadSignature:
        return None
    found = Person.across_organisations.select_related("organisation", "user")
    return found.filter(pk=pk, left_on=None).first()
