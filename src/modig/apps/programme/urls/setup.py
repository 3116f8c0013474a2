"""Programmes with their waves, and what these are set up of."""

from django.urls import path

from modig.apps.programme.views import programmes, resources, rules, targets, waves

urlpatterns = [
    path("programmes/", programmes.programme_list, name="list"),
    path("programmes/new/", programmes.programme_new, name="programme_new"),
    path("programmes/<int:programme_id>/", programmes.programme, name="programme"),
    path("programmes/<int:programme_id>/edit/", programmes.programme_edit, name="programme_edit"),
    path(
        "programmes/<int:programme_id>/deletion/",
        programmes.programme_deletion,
        name="programme_deletion",
    ),
    path("programmes/<int:programme_id>/coverage/", programmes.coverage, name="coverage"),
    path("programmes/<int:programme_id>/groups/", programmes.groups, name="groups"),
    path("programmes/<int:programme_id>/waves/new/", waves.wave_new, name="wave_new"),
    path("waves/<int:wave_id>/", waves.wave, name="wave"),
    path("waves/<int:wave_id>/edit/", waves.wave_edit, name="wave_edit"),
    path("waves/<int:wave_id>/deletion/", waves.wave_deletion, name="wave_deletion"),
    path("waves/<int:wave_id>/target/", targets.target, name="target"),
    path("waves/<int:wave_id>/target/persons/", targets.target_persons, name="target_persons"),
    path("targets/<int:part_id>/deletion/", targets.part_deletion, name="target_deletion"),
    path("waves/<int:wave_id>/rules/", rules.rules, name="rules"),
    path("waves/<int:wave_id>/blocks/", waves.blocks, name="blocks"),
    path("blocks/<int:block_id>/edit/", waves.block_edit, name="block_edit"),
    path("blocks/<int:block_id>/deletion/", waves.block_deletion, name="block_deletion"),
    path("waves/<int:wave_id>/closed-weeks/", rules.closed_weeks, name="closed_weeks"),
    path(
        "closed-weeks/<int:closed_id>/deletion/",
        rules.closed_weeks_deletion,
        name="closed_weeks_deletion",
    ),
    path("waves/<int:wave_id>/keep-apart/", rules.keep_apart, name="keep_apart"),
    path(
        "keep-apart/<int:pair_id>/deletion/",
        rules.keep_apart_deletion,
        name="keep_apart_deletion",
    ),
    path("waves/<int:wave_id>/unit-caps/", rules.unit_caps, name="unit_caps"),
    path("unit-caps/<int:cap_id>/deletion/", rules.unit_cap_deletion, name="unit_cap_deletion"),
    path("waves/<int:wave_id>/quotas/", rules.quotas, name="quotas"),
    path("quotas/<int:quota_id>/deletion/", rules.quota_deletion, name="quota_deletion"),
    path("waves/<int:wave_id>/far-apart/", rules.far_apart, name="far_apart"),
    path("far-apart/<int:far_id>/deletion/", rules.far_apart_deletion, name="far_apart_deletion"),
    path("waves/<int:wave_id>/teams-away/", rules.teams_away, name="teams_away"),
    path("teams-away/<int:away_id>/deletion/", rules.team_away_deletion, name="team_away_deletion"),
    path("venues/", resources.venues, name="venues"),
    path("venues/new/", resources.venue_new, name="venue_new"),
    path("venues/<int:venue_id>/edit/", resources.venue_edit, name="venue_edit"),
    path("venues/<int:venue_id>/deletion/", resources.venue_deletion, name="venue_deletion"),
    path("facilitators/", resources.facilitators, name="facilitators"),
    path("facilitators/new/", resources.facilitator_new, name="facilitator_new"),
    path(
        "facilitators/<int:facilitator_id>/edit/",
        resources.facilitator_edit,
        name="facilitator_edit",
    ),
    path(
        "facilitators/<int:facilitator_id>/deletion/",
        resources.facilitator_deletion,
        name="facilitator_deletion",
    ),
]
