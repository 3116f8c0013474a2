"""The guards every page goes through."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from modig.apps.tenancy.permissions import Visitor
from modig.apps.tenancy.scope import NoOrganisationError

ThingT = TypeVar("ThingT")
RawView = Callable[..., HttpResponseBase]


def needs(may: Callable[[Visitor], bool]) -> Callable[[RawView], RawView]:
    """Guard a page that is about no single thing."""
    return _guard(may, lambda **_: ())


def needs_on(
    find: Callable[..., ThingT], may: Callable[[Visitor, ThingT], bool]
) -> Callable[[RawView], RawView]:
    """Guard a page about one thing; ``find`` gets it from the URL's keywords."""
    return _guard(may, lambda **keys: (find(**keys),))


def public(view: RawView) -> RawView:
    """Mark a page that anyone may open without signing in; it must say why in its docstring."""
    view.permission = public  # type: ignore[attr-defined]
    return view


def _guard(
    may: Callable[..., bool], find: Callable[..., tuple[Any, ...]]
) -> Callable[[RawView], RawView]:
    def guard(view: RawView) -> RawView:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, **keys: Any) -> HttpResponseBase:
            try:
                about = find(**keys)
                allowed = may(request.user, *about)
            except NoOrganisationError as error:
                raise PermissionDenied from error
            if not allowed:
                raise PermissionDenied
            return view(request, *about)

        guarded.permission = may  # type: ignore[attr-defined]
        return guarded

    return guard
