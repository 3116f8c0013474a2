"""Loading the demo organisation, and its users."""

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.demo.chain import give_initiatives, load_chain
from modig.apps.demo.history import load_imports
from modig.apps.demo.linking import linked_persons
from modig.apps.demo.loader import Loader
from modig.apps.demo.malarvik import generate
from modig.apps.demo.programmes import load_programmes
from modig.apps.demo.queries import CODE
from modig.apps.demo.users import COLLEAGUES, DEMO_USERS, DemoUser, email_of
from modig.apps.people.models import Person
from modig.apps.tenancy.actions import add_member, create_organisation
from modig.apps.tenancy.models import Organisation
from modig.apps.tenancy.scope import working_for

OTHER_CODE = "nackrosdal"
OTHER_SIZE, OTHER_SEED = "small", 12


class NotADemoDatabaseError(Exception):
    """The database holds somebody's own organisations: everybody could sign in to them."""

    def __init__(self) -> None:
        super().__init__(
            "This database holds other organisations than the demo's, and in the demo everybody signs"
            " in without a password. Name another data folder with MODIG_DATA."
        )


def ensure_demo(size: str) -> bool:
    """Load the demo unless it is there already; whether it had to be loaded."""
    if Organisation.objects.filter(code=CODE).exists():
        return False
    if Organisation.objects.exists():
        raise NotADemoDatabaseError
    load_demo(size)
    return True


@transaction.atomic
def load_demo(size: str) -> Organisation:
    """Make Mälarvik of this size with its programmes, a second small client, and the users."""
    users = {one.role: _user(one) for one in (*DEMO_USERS, *COLLEAGUES)}
    organisation = _client(CODE, "Mälarviks kommunkoncern", size, users)
    with working_for(organisation):
        linked = linked_persons()
        for role, person in linked.items():
            _link(users[role], person)
        give_initiatives(linked)
    _client(OTHER_CODE, "Näckrosdals kommun", OTHER_SIZE, users, seed=OTHER_SEED)
    return organisation


def _client(code: str, name: str, size: str, users: dict[str, User], **given: int) -> Organisation:
    """An organisation with people and programmes; the partner's people belong to every one."""
    own = {
        one.role: users[one.role]
        for one in (*DEMO_USERS, *COLLEAGUES)
        if one.is_of_the_partner or code == CODE
    }
    organisation = create_organisation(code, name)
    with working_for(organisation):
        for one in (*DEMO_USERS, *COLLEAGUES):
            if one.role in own:
                add_member(organisation, own[one.role], one.membership)
        loader = Loader(organisation, generate(size, **given))
        loader.load()
        owner = own.get("programme-owner", users["partner"])
        load_programmes(size, loader, owner=owner, facilitator=own.get("facilitator"))
        if code == CODE:
            load_chain(size, loader, owner=owner)
        if administrator := own.get("administrator"):
            load_imports(loader, by=administrator)
    return organisation


def _user(demo_user: DemoUser) -> User:
    return User.objects.named(email_of(demo_user.role), demo_user.name or demo_user.role)


def _link(user: User, person: Person) -> None:
    """Let the user be this person; where the user had no name of her own she gets the person's."""
    Person.objects.filter(pk=person.pk).update(user=user)
    if user.name == user.email.partition("@")[0]:
        user.name = str(person)
        user.save(update_fields=["name"])
