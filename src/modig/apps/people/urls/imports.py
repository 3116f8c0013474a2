"""The addresses of HR files, rules for titles and proposed teams."""

from django.urls import path

from modig.apps.people.views import imports

urlpatterns = [
    path("", imports.import_list, name="imports"),
    path("<int:import_id>/", imports.import_page, name="import"),
    path("<int:import_id>/columns/", imports.import_columns, name="import_columns"),
    path("<int:import_id>/reading/", imports.import_reading, name="import_reading"),
    path("<int:import_id>/undoing/", imports.import_undoing, name="import_undoing"),
    path("<int:import_id>/giving-up/", imports.import_giving_up, name="import_giving_up"),
    path("role-rules/", imports.rule_list, name="role_rules"),
    path("role-rules/<int:rule_id>/deletion/", imports.rule_deletion, name="rule_deletion"),
    path("team-proposals/", imports.proposal_list, name="team_proposals"),
]
