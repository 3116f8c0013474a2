"""Mälarvik's chain from the vision to the benefit: direction, agreements, initiatives, promises, forms."""

from modig.apps.accounts.models import User
from modig.apps.demo.chain.agreements import load_agreements
from modig.apps.demo.chain.benefits import load_benefits
from modig.apps.demo.chain.clusters import load_clusters
from modig.apps.demo.chain.direction import load_direction
from modig.apps.demo.chain.forms import load_forms
from modig.apps.demo.chain.ground import Ground
from modig.apps.demo.chain.initiatives import load_initiatives
from modig.apps.demo.chain.promises import load_promises
from modig.apps.demo.chain.users import give_initiatives
from modig.apps.demo.loader import Loader

__all__ = ["give_initiatives", "load_chain"]


def load_chain(size: str, loader: Loader, *, owner: User) -> None:
    """Everything that hangs on the vision; must run after the programmes are there."""
    ground = Ground(size, loader.organisation, owner)
    load_direction(ground)
    load_agreements(ground)
    planned = load_initiatives(ground)
    load_clusters(ground, planned)
    load_benefits(ground, planned)
    load_promises(ground)
    load_forms(ground)
