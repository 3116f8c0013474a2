"""Keeping views of the portfolio."""

from django.db import transaction

from modig.apps.accounts.models import User
from modig.apps.initiatives.models import SavedView
from modig.apps.tenancy.scope import current_organisation


@transaction.atomic
def save_view(name: str, query: str, *, user: User, is_shared: bool = False) -> SavedView:
    """Keep a choice of filters; under a name that one has already, it takes the other's place."""
    view, _ = SavedView.objects.update_or_create(
        organisation=current_organisation(),
        user=user,
        name=name,
        defaults={"query": query, "is_shared": is_shared},
    )
    return view


@transaction.atomic
def remove_view(view: SavedView) -> None:
    view.delete()
