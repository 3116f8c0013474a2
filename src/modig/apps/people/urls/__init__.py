"""The addresses of people. The import of HR files keeps its own in ``imports.py``."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from modig.apps.people.views import about_you, persons, search, teams, units

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("units/", units.unit_tree, name="units"),
    path("units/new/", units.unit_new, name="unit_new"),
    path("units/options/", units.unit_options, name="unit_options"),
    path("units/<int:unit_id>/", units.unit, name="unit"),
    path("units/<int:unit_id>/branch/", units.unit_branch, name="unit_branch"),
    path("units/<int:unit_id>/edit/", units.unit_edit, name="unit_edit"),
    path("units/<int:unit_id>/merger/", units.unit_merger, name="unit_merger"),
    path("units/<int:unit_id>/division/", units.unit_division, name="unit_division"),
    path("units/<int:unit_id>/moves/", units.unit_moves, name="unit_moves"),
    path("legal-entities/", units.legal_entities, name="legal_entities"),
    path("legal-entities/new/", units.legal_entity_new, name="legal_entity_new"),
    path("legal-entities/<int:entity_id>/", units.legal_entity_edit, name="legal_entity_edit"),
    path("people/", persons.person_list, name="persons"),
    path("people/options/", persons.person_options, name="person_options"),
    path("people/<int:person_id>/", persons.person, name="person"),
    path("people/<int:person_id>/edit/", persons.person_edit, name="person_edit"),
    path("employments/<int:employment_id>/", persons.employment_edit, name="employment_edit"),
    path("key-persons/", persons.key_persons, name="key_persons"),
    path("key-persons/new/", persons.nomination_new, name="nomination_new"),
    path(
        "key-persons/<int:nomination_id>/withdrawal/",
        persons.nomination_withdrawal,
        name="nomination_withdrawal",
    ),
    path("teams/", teams.team_list, name="teams"),
    path("teams/new/", teams.team_new, name="team_new"),
    path("teams/<int:team_id>/", teams.team, name="team"),
    path("teams/<int:team_id>/edit/", teams.team_edit, name="team_edit"),
    path("teams/<int:team_id>/seats/new/", teams.seat_new, name="seat_new"),
    path("teams/<int:team_id>/seats/<int:seat_id>/filling/", teams.seat_fill, name="seat_fill"),
    path("teams/<int:team_id>/seats/<int:seat_id>/leaving/", teams.seat_leave, name="seat_leave"),
    path("search/", search.search, name="search"),
    path("about-you/", about_you.about_you, name="about_you"),
]
if find_spec("modig.apps.people.urls.imports"):
    urlpatterns.append(path("people/imports/", include("modig.apps.people.urls.imports")))
