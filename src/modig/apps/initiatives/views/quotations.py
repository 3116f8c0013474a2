"""What people said, with their consent, and the way to take it back."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from modig.apps.initiatives.actions import quotations as actions
from modig.apps.initiatives.forms.work import QuotationForm
from modig.apps.initiatives.models import Quotation
from modig.apps.initiatives.permissions import may_edit_part_of
from modig.apps.initiatives.queries import initiatives as queries
from modig.apps.initiatives.views.answers import (
    get_and_post,
    page_of_initiative,
    refuses_merged,
    saved,
    shown,
)
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import came_too_late, conflict, version_of, visitor
from modig.apps.ui.guards import needs_on


@get_and_post
@needs_on(queries.new_quotation, may_edit_part_of)
@refuses_merged
def quotation_new(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    form = QuotationForm(request.POST or None, instance=quotation, today=timezone.localdate())
    if form.is_valid():
        actions.keep_quotation(
            form.instance,
            consent_on=form.cleaned_data["consent_on"],
            by=visitor(request),
            at=timezone.now(),
        )
        return saved(request, quotation.initiative, part="quotations")
    context = {"form": form, "quotation": quotation, "initiative": quotation.initiative}
    return shown(request, "initiatives/quotation.html", context, form=form)


@get_and_post
@needs_on(queries.find_quotation, may_edit_part_of)
@refuses_merged
def quotation(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    initiative = quotation.initiative
    form = QuotationForm(request.POST or None, instance=quotation, today=timezone.localdate())
    if form.is_valid():
        try:
            actions.edit_quotation(
                form.instance,
                version=form.cleaned_data["version"],
                consent_on=form.cleaned_data["consent_on"],
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=page_of_initiative(initiative))
        except actions.ConsentIsWithdrawnError:
            form.add_error(None, _("The consent was withdrawn. A new one is a new quotation."))
        else:
            return saved(request, initiative, _said(form.instance), part="quotations")
    context = {"form": form, "quotation": quotation, "initiative": initiative}
    return shown(request, "initiatives/quotation.html", context, form=form)


def _said(quotation: Quotation) -> str:
    if quotation.may_be_shown:
        return _("Saved. The quotation is shown.")
    return _("Saved. The quotation is shown to nobody until there is consent to these words.")


@get_and_post
@needs_on(queries.find_quotation, may_edit_part_of)
def quotation_withdrawal(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Take a consent back, also where the initiative lives on elsewhere."""
    initiative = quotation.initiative
    if request.method == "POST":
        try:
            actions.withdraw_consent(
                quotation,
                version=version_of(request),
                on=timezone.localdate(),
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            back = page_of_initiative(initiative)
            return conflict(request, error, differing=[], back=back)
        return saved(request, initiative, _("The quotation is shown nowhere any more."))
    context = {"quotation": quotation, "initiative": initiative}
    return render(request, "initiatives/quotation_withdrawal.html", context)


@get_and_post
@needs_on(queries.find_quotation, may_edit_part_of)
def quotation_removal(request: HttpRequest, quotation: Quotation) -> HttpResponse:
    """Erase the words themselves, also where the initiative lives on elsewhere."""
    initiative = quotation.initiative
    if request.method == "POST":
        actions.remove_quotation(quotation, by=visitor(request), at=timezone.now())
        return saved(request, initiative, _("The quotation is erased."))
    context = {"quotation": quotation, "initiative": initiative}
    return render(request, "initiatives/quotation_removal.html", context)
