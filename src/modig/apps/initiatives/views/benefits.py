"""The benefit register, a benefit with its control chart, and the forms that change them."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from modig.apps.direction.models import Goal
from modig.apps.initiatives.actions.benefits import (
    MixedAggregationError,
    NoEvidenceError,
    ReadTwiceError,
    add_reading,
    claim_benefit,
    edit_benefit,
    judge_benefit,
    remove_reading,
)
from modig.apps.initiatives.charts import DESK, PHONE, control_chart, years_chart
from modig.apps.initiatives.forms.benefits import BenefitForm, JudgementForm, ReadingForm
from modig.apps.initiatives.models import Beneficiary, Benefit, Reading
from modig.apps.initiatives.permissions import (
    initiatives_seen_by,
    may_edit_benefit,
    may_edit_new_benefit,
    may_edit_reading,
    may_see_benefit,
    may_see_benefits,
)
from modig.apps.initiatives.proof import WORDS
from modig.apps.initiatives.queries import benefits as queries
from modig.apps.initiatives.views.answers import done, get_and_post, shown
from modig.apps.people.models import Unit
from modig.apps.people.queries.units import opened_unit
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import as_file, came_too_late, conflict, page_of, visitor, wants_file
from modig.apps.ui.guards import needs, needs_on


@require_safe
@needs(may_see_benefits)
def benefit_list(request: HttpRequest) -> HttpResponseBase:
    """The register: what users, customers and citizens got, and how sure that is."""
    asked = request.GET
    wanted = queries.BenefitFilter(
        text=asked.get("q", "").strip()[:200],
        beneficiary=asked.get("beneficiary", ""),
        goal=_goal(asked.get("goal", "")),
        department=opened_unit(asked.get("department", "")),
        proof=asked.get("proof", ""),
        realised=asked.get("realised", ""),
    )
    found = queries.register(wanted, initiatives_seen_by(visitor(request)))
    if wants_file(request):
        return _as_file(request, found)
    page = page_of(request, found.keys)
    context = {
        "wanted": wanted,
        "is_filtered": wanted != queries.BenefitFilter(),
        "register": found,
        "total": len(found.keys),
        "page": page,
        "lines": found.lines(list(page)),
        "goals": queries.goals_to_filter_by(),
        "departments": queries.departments(),
        "beneficiaries": Beneficiary.choices,
        "words": WORDS,
    }
    return render(request, "initiatives/benefit_list.html", context)


def _goal(text: str) -> Goal | None:
    return Goal.objects.filter(pk=int(text)).first() if text.isdecimal() else None


def _as_file(request: HttpRequest, found: queries.Register) -> HttpResponseBase:
    columns = [
        _("Initiative"), pgettext("initiative", "Title"), _("Department"), _("Benefit"), _("Kind"), _("For whom"),
        _("Which of them"), _("Goal"), _("Effect chain"), _("What is measured"), _("Measured in"),
        _("A reading is a"), _("How it is measured"), _("Before"), _("Read"), _("Target"), pgettext("deadline", "By"),
        _("The new way began"), _("Latest reading"), _("Period ends"), _("Provisional"),
        _("Mean before"), _("Mean after"), _("How sure"), _("Realised"), _("Evidence"),
        _("Owner in the line"), _("Cost or effort"), _("Assumptions and risks"),
        _("National indicator"),
    ]  # fmt: skip
    rows = (_row(line) for line in found.lines(found.keys))
    return as_file(request, _("benefits"), columns, rows)


def _row(line: queries.Line) -> list[object]:
    one, latest, change = line.benefit, line.latest, line.proof.change
    department: Unit | None = one.initiative.unit.top
    realised = {True: _("yes"), False: _("no"), None: ""}[one.is_realised]
    return [
        one.initiative.code, one.initiative.said.title, str(department or ""), one.said.name,
        str(one.get_kind_display()), str(one.get_beneficiary_display()), one.said.group_text,
        f"{one.goal.code} {one.goal}" if one.goal else "", " → ".join(chain_of(one)),
        one.said.indicator, one.said.measure, str(one.get_aggregation_display()), one.said.method,
        one.baseline, one.baseline_on, one.target, one.target_on, one.changed_on,
        latest.value if latest else None, latest.on if latest else None,
        latest.is_provisional if latest else None,
        round(change.before_mean, 4) if change else None,
        round(change.after_mean, 4) if change else None,
        str(line.proof.word), realised, one.said.evidence, str(one.owner or ""), one.said.cost,
        one.said.assumptions, str(one.national or ""),
    ]  # fmt: skip


def chain_of(benefit: Benefit) -> list[str]:
    """The steps of the effect chain: a line each, or parted by arrows."""
    return queries.steps_of(benefit.said.chain)


@require_safe
@needs_on(queries.find_benefit, may_see_benefit)
def benefit(request: HttpRequest, benefit: Benefit) -> HttpResponse:
    user, today = visitor(request), timezone.localdate()
    readings = list(benefit.readings.order_by("on"))
    chart = control_chart(benefit, readings)
    areas = (
        queries.areas_of(benefit.national, benefit.organisation.name) if benefit.national else []
    )
    may_edit = may_edit_benefit(user, benefit) and benefit.initiative.merged_into_id is None
    context = {
        "benefit": benefit,
        "initiative": benefit.initiative,
        "steps": chain_of(benefit),
        "readings": readings[::-1],
        "latest": readings[-1] if readings else None,
        "chart": chart,
        "proof": chart.proof if chart else None,
        "areas": areas,
        "years": sorted({year for area in areas for year in area.values}),
        "national_charts": [
            ("desk", years_chart(areas, DESK)),
            ("phone", years_chart(areas, PHONE)),
        ],
        "goals": [benefit.goal] if benefit.goal else list(benefit.initiative.goals.all()),
        "may_edit": may_edit,
        "reading_form": ReadingForm(benefit=benefit, today=today),
        "next_period": queries.next_period(readings, today),
        "is_rolling": benefit.aggregation == Benefit.Aggregation.ROLLING,
        "is_late": bool(benefit.target_on and benefit.target_on < today),
    }
    return render(request, "initiatives/benefit.html", context)


@get_and_post
@needs_on(queries.new_benefit, may_edit_new_benefit)
def benefit_new(request: HttpRequest, benefit: Benefit) -> HttpResponse:
    form = BenefitForm(request.POST or None, instance=benefit, on=timezone.localdate())
    if form.is_valid():
        made = claim_benefit(form.instance, by=visitor(request), at=timezone.now())
        messages.success(request, _("The benefit is named. It is unproven until it is read."))
        return done(request, _page(made))
    context = {"form": form, "benefit": benefit, "initiative": benefit.initiative}
    return shown(request, "initiatives/benefit_form.html", context, form=form)


@get_and_post
@needs_on(queries.find_benefit, may_edit_benefit)
def benefit_edit(request: HttpRequest, benefit: Benefit) -> HttpResponse:
    form = BenefitForm(request.POST or None, instance=benefit, on=timezone.localdate())
    if form.is_valid():
        try:
            edit_benefit(
                form.instance,
                version=form.cleaned_data["version"],
                by=visitor(request),
                at=timezone.now(),
            )
        except EditedMeanwhileError as error:
            return came_too_late(request, form, error, back=_page(benefit))
        except MixedAggregationError:
            form.add_error("aggregation", _mixed(benefit))
        else:
            messages.success(request, _("Saved."))
            return done(request, _page(benefit))
    context = {"form": form, "benefit": benefit, "initiative": benefit.initiative}
    return shown(request, "initiatives/benefit_form.html", context, form=form)


def _mixed(benefit: Benefit) -> str:
    first = benefit.readings.first()
    words = {"made": first.get_aggregation_display() if first else ""}
    return (
        _(
            "The readings that are here were made as “%(made)s”, and readings of two sorts cannot be"
            " compared: a rolling year hides what a month shows. Name another benefit for the other"
            " sort, or throw the readings away first."
        )
        % words
    )


# ---- readings ------------------------------------------------------------------------------------


@get_and_post
@needs_on(queries.find_benefit, may_edit_benefit)
def reading_new(request: HttpRequest, benefit: Benefit) -> HttpResponse:
    today = timezone.localdate()
    initial = {"on": _day(request.GET.get("on", "")) or queries.next_period_of(benefit, today)}
    form = ReadingForm(request.POST or None, benefit=benefit, today=today, initial=initial)
    if form.is_valid():
        try:
            add_reading(benefit, **form.cleaned_data, by=visitor(request), at=timezone.now())
        except ReadTwiceError:
            form.add_error(
                "on",
                _("That day has a reading already. Throw it away first if it was wrong."),
            )
        except MixedAggregationError:
            form.add_error(None, _mixed(benefit))
        else:
            messages.success(request, _("The reading is kept."))
            return done(request, _page(benefit))
    context = {"form": form, "benefit": benefit, "initiative": benefit.initiative}
    return shown(request, "initiatives/benefit_reading.html", context, form=form)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@require_POST
@needs_on(queries.find_reading, may_edit_reading)
def reading_removal(request: HttpRequest, reading: Reading) -> HttpResponse:
    """Throw a wrong reading away; the log keeps what it said."""
    benefit = reading.benefit
    remove_reading(reading, by=visitor(request), at=timezone.now())
    messages.success(request, _("The reading is thrown away. The log keeps what it said."))
    return done(request, _page(benefit) + "#readings")


@get_and_post
@needs_on(queries.find_benefit, may_edit_benefit)
def benefit_judgement(request: HttpRequest, benefit: Benefit) -> HttpResponse:
    """Realised or not, and on what evidence."""
    answer = {True: "yes", False: "no", None: ""}[benefit.is_realised]
    initial = {
        "is_realised": answer,
        "evidence": benefit.evidence,
        "version": benefit.version,
    }
    form = JudgementForm(request.POST or None, initial=initial)
    if form.is_valid():
        given = form.cleaned_data
        try:
            judge_benefit(benefit, **given, by=visitor(request), at=timezone.now())
        except NoEvidenceError:
            form.add_error(
                "evidence", _("Write what shows it. Without evidence it stays unproven.")
            )
        except EditedMeanwhileError as error:
            theirs = Benefit.objects.get(pk=benefit.pk)
            differing = [(_("evidence"), given["evidence"], theirs.evidence)]
            return conflict(request, error, differing=differing, back=_page(benefit))
        else:
            messages.success(request, _("Saved."))
            return done(request, _page(benefit))
    proof = queries.proofs_of([benefit])[benefit.pk]
    context = {"form": form, "benefit": benefit, "initiative": benefit.initiative, "proof": proof}
    return shown(request, "initiatives/benefit_judgement.html", context, form=form)


def _page(benefit: Benefit) -> str:
    return reverse("initiatives:benefit", args=[benefit.pk])
