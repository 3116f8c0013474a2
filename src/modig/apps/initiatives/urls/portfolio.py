"""The addresses of the portfolio: its table, board and matrix, and changing many at a time."""

from django.urls import path

from modig.apps.initiatives.views import clusters, overview, portfolio, portfolio_files

urlpatterns = [
    path("initiatives/", portfolio.portfolio, name="portfolio"),
    path("initiatives/board/", portfolio.board, name="board"),
    path("initiatives/matrix/", portfolio.matrix, name="matrix"),
    path("initiatives/over-time/", overview.over_time, name="over_time"),
    path("initiatives/silence/", overview.ageing, name="ageing"),
    path("initiatives/departments/", overview.departments, name="by_department"),
    path("initiatives/goals/", overview.goals, name="by_goal"),
    path("initiatives/map/", clusters.cluster_map, name="map"),
    path("initiatives/clusters/new/", clusters.cluster_new, name="cluster_new"),
    path("initiatives/clusters/<int:cluster_id>/", clusters.cluster, name="cluster"),
    path(
        "initiatives/clusters/<int:cluster_id>/removal/",
        clusters.cluster_removal,
        name="cluster_removal",
    ),
    path("initiatives/file/", portfolio_files.file, name="file"),
    path("initiatives/bulk/", portfolio.bulk, name="bulk"),
    path("initiatives/views/new/", portfolio.view_new, name="view_new"),
    path("initiatives/views/<int:view_id>/removal/", portfolio.view_removal, name="view_removal"),
]
