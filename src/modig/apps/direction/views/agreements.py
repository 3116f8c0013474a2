"""Agreements: what two sides promise each other, confirm, keep, rewrite and end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.direction.actions import agreements as actions
from modig.apps.direction.forms.agreements import (
    ROWS,
    ChangedAgreementForm,
    EndForm,
    NewAgreementForm,
)
from modig.apps.direction.models import Agreement, Assignment, Commitment
from modig.apps.direction.permissions import (
    may_change_agreement,
    may_edit_direction,
    may_keep_commitment,
    may_make_agreement,
    may_see_agreement,
    may_see_agreements,
    may_see_assignment,
)
from modig.apps.direction.queries import agreements as queries
from modig.apps.direction.views.answers import done
from modig.apps.people.models import Person
from modig.apps.people.queries.persons import current_employments, person_of
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, conflict, page_of, visitor, wants_file
from modig.apps.ui.drafts import draft_is_kept_no_longer
from modig.apps.ui.guards import needs, needs_on

MOST_ROWS = 20
VIEWS = ("mine", "due", "unconfirmed", "ended", "all")
get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@needs(may_see_agreements)
def agreement_list(request: HttpRequest) -> HttpResponseBase:
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    default = "mine" if person else "all"
    which = request.GET.get("which", default)
    found = queries.agreements_for(user, person, which if which in VIEWS else default, today)
    if wants_file(request):
        return _as_file(request, found)
    page = page_of(request, found)
    context = {
        "which": which if which in VIEWS else default,
        "person": person,
        "page": page,
        "rows": [queries.in_short(one, person) for one in page],
        "sees_all": may_edit_direction(user),
        "may_make": may_make_agreement(user) and person is not None,
        "today": today,
    }
    return render(request, "direction/agreement_list.html", context)


def _as_file(request: HttpRequest, found: Any) -> HttpResponseBase:
    columns = [
        _("Agreement"), _("Between"), _("Edition"), _("Confirmed"), pgettext("agreement", "Ended"), _("Who promises"),
        _("For the unit"), _("What"), _("By which day"), _("Kept"),
    ]  # fmt: skip
    rows = (
        [
            one.said.title,
            one.get_kind_display(),
            one.edition,
            one.is_confirmed,
            one.ended_on,
            str(side.person),
            str(side.unit or ""),
            promise.said.text,
            promise.due_on,
            promise.done_on,
        ]
        for one in found
        for side in queries.sides_of(one, None)
        for promise in side.commitments
    )
    return as_file(request, _("agreements"), columns, rows)


@require_safe
@needs_on(queries.find_agreement, may_see_agreement)
def agreement(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    return render(request, "direction/agreement.html", _page(request, agreement))


def _page(request: HttpRequest, agreement: Agreement) -> dict[str, Any]:
    user, today = visitor(request), timezone.localdate()
    person = person_of(user)
    sides = queries.sides_of(agreement, person)
    mine = next((side for side in sides if side.is_mine), None)
    other = next((side for side in sides if not side.is_mine), sides[0])
    editions = queries.editions_of(agreement, actions.content_of(agreement))
    due = [one for one in mine.commitments if one.done_on is None] if mine else []
    return {
        "agreement": agreement,
        "sides": sides,
        "mine": mine,
        "other": other,
        "to_confirm": mine is not None
        and mine.confirmed_at is None
        and not agreement.is_ended
        and may_change_agreement(user, agreement),
        "may_change": may_change_agreement(user, agreement) and not agreement.is_ended,
        "editions": editions,
        "latest": editions[0] if editions else None,
        "next_due": next(iter(sorted(due, key=lambda one: (one.due_on is None, one.due_on))), None),
        "sees_assignment": agreement.assignment is not None
        and may_see_assignment(user, agreement.assignment),
        "today": today,
    }


# ---- writing -------------------------------------------------------------------------------------


@get_and_post
@needs(may_make_agreement)
def agreement_new(request: HttpRequest) -> HttpResponse:
    user = visitor(request)
    person = person_of(user)
    if person is None:
        return render(request, "direction/agreement_nobody.html")
    on = _assignment(request, user)
    form = _new_form(request, person, on)
    if "more" not in request.POST and form.is_valid():
        made = actions.make_agreement(
            Agreement(
                kind=form.cleaned_data["kind"],
                assignment=on,
                title=form.cleaned_data["title"],
                review_on=form.cleaned_data["review_on"],
                first=person,
                second=form.cleaned_data["second"],
                first_unit=form.cleaned_data["first_unit"],
                second_unit=form.cleaned_data["second_unit"],
            ),
            form.promised,
            maker=person,
            by=user,
            at=timezone.now(),
        )
        words = {"other": made.second}
        messages.success(request, _("Saved. %(other)s is asked to read and confirm it.") % words)
        return done(request, "direction:agreement", made.pk)
    back = reverse("direction:assignment", args=[on.pk]) if on else reverse("direction:agreements")
    context = {"form": form, "assignment": on, "back": back, "agreement": None}
    return _form(request, context)


def _form(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The form; with more rows it holds what was written, so the browser need not keep it."""
    page = render(request, "direction/agreement_edit.html", context)
    return draft_is_kept_no_longer(request, page) if "more" in request.POST else page


def _assignment(request: HttpRequest, user: Any) -> Assignment | None:
    """The assignment that the agreement hangs on: one that the visitor sees."""
    key = request.GET.get("assignment", "")
    found = queries.assignments().filter(pk=int(key)).first() if key.isdecimal() else None
    return found if found and may_see_assignment(user, found) else None


def _new_form(request: HttpRequest, person: Person, on: Assignment | None) -> NewAgreementForm:
    given: dict[str, Any] = {"user": visitor(request), "maker": person, "rows": _rows(request)}
    if request.method == "POST" and "more" not in request.POST:
        return NewAgreementForm(request.POST, **given)
    initial: dict[str, Any] = {"kind": Agreement.Kind.HORIZONTAL}
    own = (
        current_employments(timezone.localdate()).filter(person=person).order_by("-degree").first()
    )
    initial["first_unit"] = own.unit if own else None
    if on is not None:
        other = on.giver if on.holder == person else on.holder
        initial |= {"kind": Agreement.Kind.VERTICAL, "second": other, "title": on.said.title}
    return NewAgreementForm(initial={**initial, **_typed(request)}, **given)


def _typed(request: HttpRequest) -> dict[str, str]:
    """What stood in a form that asked for more rows."""
    return {name: str(request.POST[name]) for name in request.POST if name != "csrfmiddlewaretoken"}


def _rows(request: HttpRequest) -> int:
    """How many rows of promises each side gets."""
    text = request.POST.get("more", "") or request.POST.get("rows", "")
    return min(int(text), MOST_ROWS) if text.isdecimal() else ROWS


@get_and_post
@needs_on(queries.find_agreement, may_change_agreement)
def agreement_edit(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Write a new edition; the other side is asked to confirm anew."""
    person = _side(request)
    here = reverse("direction:agreement", args=[agreement.pk])
    form = _changed_form(request, agreement, person)
    if "more" not in request.POST and form.is_valid():
        agreement.title = form.cleaned_data["title"]
        agreement.review_on = form.cleaned_data["review_on"]
        try:
            _change(request, agreement, form, person)
        except EditedMeanwhileError as error:
            return _rewritten(request, error, agreement, form)
        except actions.AgreementEndedError:
            messages.error(request, _("The agreement has ended; it can only be read."))
        return done(request, here)
    context = {"form": form, "assignment": None, "back": here, "agreement": agreement}
    return _form(request, context)


def _changed_form(
    request: HttpRequest, agreement: Agreement, person: Person
) -> ChangedAgreementForm:
    is_first = agreement.first_id == person.pk
    given: dict[str, Any] = {
        "agreement": agreement,
        "mine": Commitment.Side.FIRST if is_first else Commitment.Side.SECOND,
        "rows": _rows(request),
    }
    if request.method == "POST" and "more" not in request.POST:
        return ChangedAgreementForm(request.POST, **given)
    return ChangedAgreementForm(initial=_typed(request), **given)


def _change(
    request: HttpRequest, agreement: Agreement, form: ChangedAgreementForm, person: Person
) -> None:
    is_new = actions.change_agreement(
        agreement,
        form.promised,
        version=form.cleaned_data["version"],
        why=form.cleaned_data["why"],
        maker=person,
        by=visitor(request),
        at=timezone.now(),
    )
    said = (
        _("Edition %(n)s is saved. The other side is asked to confirm it.")
        % {"n": agreement.edition}
        if is_new
        else _("Nothing was changed.")
    )
    messages.success(request, said)


def _rewritten(
    request: HttpRequest,
    error: EditedMeanwhileError,
    agreement: Agreement,
    form: ChangedAgreementForm,
) -> HttpResponse:
    """409: what was written beside what stands there now."""
    theirs = queries.find_agreement(agreement.pk)
    mine = actions.content_from(agreement, form.promised)
    names = {Commitment.Side.FIRST: theirs.first, Commitment.Side.SECOND: theirs.second}
    lines = queries.compared(mine, actions.content_of(theirs), names)
    differing = [
        (line.label, queries.whole(line.before), queries.whole(line.after)) for line in lines
    ]
    return conflict(
        request, error, differing=differing, back=reverse("direction:agreement", args=[theirs.pk])
    )


# ---- confirming, keeping, ending -----------------------------------------------------------------


@require_POST
@needs_on(queries.find_agreement, may_change_agreement)
def agreement_confirmation(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Say yes to the edition that was read; a rewritten one is shown first."""
    edition = _edition(request)
    try:
        now = actions.confirm_agreement(
            agreement, _side(request), edition=edition, by=visitor(request), at=timezone.now()
        )
    except EditedMeanwhileError:
        return _read_anew(request, agreement, edition)
    except actions.AgreementEndedError:
        messages.error(request, _("The agreement has ended; it can only be read."))
    except actions.NothingPromisedError:
        messages.error(request, _("A side promises nothing yet. Rewrite it together first."))
    else:
        said = (
            _("Confirmed by both sides. Now it holds.")
            if now.is_confirmed
            else _("You have confirmed it. The other side is asked too.")
        )
        messages.success(request, said)
    return redirect("direction:agreement", agreement.pk)


def _read_anew(request: HttpRequest, agreement: Agreement, edition: int) -> HttpResponse:
    """409: the edition that was read beside the one that stands there now."""
    theirs = queries.find_agreement(agreement.pk)
    names = {Commitment.Side.FIRST: theirs.first, Commitment.Side.SECOND: theirs.second}
    read = theirs.editions.filter(number=edition).first()
    context = {
        "agreement": theirs,
        "edition": edition,
        "lines": queries.compared(read.content, actions.content_of(theirs), names) if read else [],
        "why": theirs.editions.order_by("-number").values_list("why", flat=True).first(),
    }
    return render(request, "direction/agreement_rewritten.html", context, status=409)


@require_POST
@needs_on(queries.find_commitment, may_keep_commitment)
def commitment(request: HttpRequest, commitment: Commitment) -> HttpResponse:
    """Tick a promise as kept today, or take the tick away."""
    kept = "kept" in request.POST
    edition = _edition(request)
    try:
        actions.keep_commitment(
            commitment,
            _side(request),
            edition=edition,
            on=timezone.localdate() if kept else None,
            by=visitor(request),
            at=timezone.now(),
        )
    except EditedMeanwhileError:
        return _read_anew(request, commitment.agreement, edition)
    except actions.AgreementEndedError:
        messages.error(request, _("The agreement has ended; it can only be read."))
    else:
        messages.success(request, _("Kept. Well done.") if kept else _("Not kept yet, then."))
    return redirect("direction:agreement", commitment.agreement_id)


@get_and_post
@needs_on(queries.find_agreement, may_change_agreement)
def agreement_end(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """End an agreement; it stays readable."""
    initial = {"version": agreement.version, "on": timezone.localdate()}
    form = EndForm(request.POST or None, initial=initial)
    here = reverse("direction:agreement", args=[agreement.pk])
    if form.is_valid():
        try:
            actions.end_agreement(
                agreement,
                **form.cleaned_data,
                maker=_side(request),
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            now = _("%(title)s, edition %(n)s") % {
                "title": error.theirs,
                "n": queries.find_agreement(agreement.pk).edition,
            }
            differing = [(_("Agreement"), form.cleaned_data["why"], now)]
            return conflict(request, error, differing=differing, back=here)
        except actions.AgreementEndedError:
            messages.error(request, _("The agreement has ended; it can only be read."))
        else:
            messages.success(request, _("Ended. It stays here to be read."))
        return redirect(here)
    open_ones = [one for one in agreement.commitments.all() if one.done_on is None]
    context = {"form": form, "agreement": agreement, "open": open_ones, "back": here}
    return render(request, "direction/agreement_end.html", context)


def _edition(request: HttpRequest) -> int:
    text = request.POST.get("edition", "")
    return int(text) if text.isdecimal() else 0


def _side(request: HttpRequest) -> Person:
    """The visitor as a person; the guard has let in only one of the two sides."""
    person = person_of(visitor(request))
    if person is None:
        raise PermissionDenied
    return person
