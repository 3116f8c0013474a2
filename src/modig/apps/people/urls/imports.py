"""The addresses of HR files, rules for titles and proposed teams."""

from django.urls import path

from modig.apps.people.views import imports, proposals, role_rules

urlpatterns = [
    path("", imports.import_list, name="imports"),
    path("<int:import_id>/", imports.import_page, name="import"),
    path("<int:import_id>/columns/", imports.import_columns, name="import_columns"),
    path("<int:import_id>/rereading/", imports.import_rereading, name="import_rereading"),
    path("<int:import_id>/preview/", imports.import_preview, name="import_preview"),
    path("<int:import_id>/reading/", imports.import_reading, name="import_reading"),
    path("<int:import_id>/undoing/", imports.import_undoing, name="import_undoing"),
    path("<int:import_id>/giving-up/", imports.import_giving_up, name="import_giving_up"),
    path("mappings/<int:mapping_id>/deletion/", imports.mapping_deletion, name="mapping_deletion"),
    path("role-rules/", role_rules.rule_list, name="role_rules"),
    path("role-rules/matches/", role_rules.rule_matches, name="rule_matches"),
    path("role-rules/<int:rule_id>/", role_rules.rule, name="role_rule"),
    path("role-rules/<int:rule_id>/deletion/", role_rules.rule_deletion, name="rule_deletion"),
    path("team-proposals/", proposals.proposal_list, name="team_proposals"),
    path("team-proposals/<int:proposal_id>/", proposals.proposal, name="team_proposal"),
    path(
        "team-proposals/<int:proposal_id>/addition/",
        proposals.proposal_addition,
        name="proposal_addition",
    ),
]
