"""The addresses of the direction, of goals, of assignments and of agreements."""

from django.urls import path

from modig.apps.direction.views import agreements, assignments, direction, goals, names, texts

app_name = "direction"
urlpatterns = [
    path("direction/", direction.direction, name="direction"),
    path("direction/changes/", direction.changes, name="changes"),
    path("direction/sources/", direction.sources, name="sources"),
    path("direction/visions/new/", direction.vision_new, name="vision_new"),
    path("direction/visions/<int:vision_id>/", direction.vision, name="vision"),
    path("direction/visions/<int:vision_id>/takeover/", direction.vision_takeover, name="takeover"),
    path("direction/visions/<int:vision_id>/removal/", direction.vision_removal, name="call_off"),
    path("direction/shifts/<int:shift_id>/", direction.shift, name="shift"),
    path("direction/texts/<str:kind>/new/", texts.text_new, name="text_new"),
    path("direction/texts/<str:kind>/<int:text_id>/edit/", texts.text_edit, name="text_edit"),
    path(
        "direction/texts/<str:kind>/<int:text_id>/history/", texts.text_history, name="text_history"
    ),
    path(
        "direction/texts/<str:kind>/<int:text_id>/removal/", texts.text_removal, name="text_removal"
    ),
    path(
        "direction/texts/<str:kind>/<int:text_id>/withdrawal/",
        texts.text_withdrawal,
        name="text_withdrawal",
    ),
    path("goals/", goals.goal_list, name="goals"),
    path("goals/<int:goal_id>/", goals.goal, name="goal"),
    path("assignments/", assignments.assignment_list, name="assignments"),
    path("assignments/new/", assignments.assignment_new, name="assignment_new"),
    path("assignments/<int:assignment_id>/", assignments.assignment, name="assignment"),
    path(
        "assignments/<int:assignment_id>/edit/", assignments.assignment_edit, name="assignment_edit"
    ),
    path("agreements/", agreements.agreement_list, name="agreements"),
    path("agreements/new/", agreements.agreement_new, name="agreement_new"),
    path("agreements/<int:agreement_id>/", agreements.agreement, name="agreement"),
    path("agreements/<int:agreement_id>/edit/", agreements.agreement_edit, name="agreement_edit"),
    path(
        "agreements/<int:agreement_id>/confirmation/",
        agreements.agreement_confirmation,
        name="agreement_confirmation",
    ),
    path("agreements/<int:agreement_id>/end/", agreements.agreement_end, name="agreement_end"),
    path(
        "agreements/<int:agreement_id>/commitments/<int:commitment_id>/",
        agreements.commitment,
        name="commitment",
    ),
    path("direction/persons/", names.person_options, name="person_options"),
    path("direction/units/", names.unit_options, name="unit_options"),
]
