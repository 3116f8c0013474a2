"""Which titles make which roles."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from modig.apps.people.actions import role_rules as actions
from modig.apps.people.forms.imports import RoleRuleForm
from modig.apps.people.models import RoleRule
from modig.apps.people.permissions import may_import_people, may_use_rule
from modig.apps.people.queries import proposals as proposal_queries
from modig.apps.people.queries import role_rules as queries
from modig.apps.tenancy.actions import EditedMeanwhileError
from modig.apps.ui.answers import came_too_late, visitor
from modig.apps.ui.guards import needs, needs_on

get_and_post = require_http_methods(["GET", "HEAD", "POST"])


@get_and_post
@needs(may_import_people)
def rule_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rules = list(RoleRule.objects.all())
    last = max((rule.order for rule in rules), default=0)
    form = RoleRuleForm(request.POST or None, initial={"order": last + 1})
    tried = None
    if form.is_valid():
        if "try" not in request.POST:
            changed = actions.add_rule(
                form.save(commit=False), on=today, by=visitor(request), at=timezone.now()
            )
            _tell_changed(request, changed)
            return redirect("people:role_rules")
        tried = _tried(form)
    groups = queries.title_groups(today)
    context = {
        "rules": [(rule, queries.matches(rule, rules, groups)) for rule in rules],
        "form": form,
        "tried": tried,
        "titles": len({group.title for group in groups}),
        "people": sum(group.people for group in groups),
        "managers": proposal_queries.managers_employed(today),
        "by_hand": queries.chosen_by_hand(today),
    }
    status = 422 if form.errors else 200
    return render(request, "people/imports/role_rules.html", context, status=status)


@get_and_post
@needs_on(queries.find_rule, may_use_rule)
def rule(request: HttpRequest, rule: RoleRule) -> HttpResponse:
    form = RoleRuleForm(request.POST or None, instance=rule)
    back = reverse("people:role_rules")
    tried = None
    if form.is_valid():
        if "try" not in request.POST:
            try:
                changed = actions.edit_rule(
                    form.instance,
                    version=form.cleaned_data["version"],
                    on=timezone.localdate(),
                    by=visitor(request),
                    at=timezone.now(),
                )
            except EditedMeanwhileError as error:
                return came_too_late(request, form, error, back=back)
            _tell_changed(request, changed)
            return redirect(back)
        tried = _tried(form)
    elif not form.is_bound:
        tried = _matches(rule)
    context = {"form": form, "rule": rule, "tried": tried}
    status = 422 if form.errors else 200
    return render(request, "people/imports/role_rule.html", context, status=status)


@require_safe
@needs(may_import_people)
def rule_matches(request: HttpRequest) -> HttpResponse:
    """Whom a rule that is being written fits, while one writes."""
    given = request.GET.get("rule", "")
    stored = RoleRule.objects.filter(pk=given).first() if given.isdecimal() else None
    form = RoleRuleForm(request.GET, instance=stored)
    tried = _tried(form) if form.is_valid() else None
    return render(request, "people/imports/matches.html", {"tried": tried})


def _tried(form: RoleRuleForm) -> queries.Matches:
    return _matches(form.instance)


def _matches(rule: RoleRule) -> queries.Matches:
    groups = queries.title_groups(timezone.localdate())
    return queries.matches(rule, queries.rules_with(rule), groups)


@require_POST
@needs_on(queries.find_rule, may_use_rule)
def rule_deletion(request: HttpRequest, rule: RoleRule) -> HttpResponse:
    today: Any = timezone.localdate()
    changed = actions.delete_rule(rule, on=today, by=visitor(request), at=timezone.now())
    _tell_changed(request, changed)
    return redirect("people:role_rules")


def _tell_changed(request: HttpRequest, changed: int) -> None:
    told = ngettext("%(n)s role changed.", "%(n)s roles changed.", changed) % {"n": changed}
    messages.success(request, f"{_('Saved.')} {told}")
