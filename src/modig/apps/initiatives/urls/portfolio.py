"""The addresses of the portfolio: its table, board and matrix, and changing many at a time."""

from django.urls import path

from modig.apps.initiatives.views import portfolio, portfolio_files

urlpatterns = [
    path("initiatives/", portfolio.portfolio, name="portfolio"),
    path("initiatives/board/", portfolio.board, name="board"),
    path("initiatives/matrix/", portfolio.matrix, name="matrix"),
    path("initiatives/file/", portfolio_files.file, name="file"),
    path("initiatives/bulk/", portfolio.bulk, name="bulk"),
    path("initiatives/views/new/", portfolio.view_new, name="view_new"),
    path("initiatives/views/<int:view_id>/removal/", portfolio.view_removal, name="view_removal"),
]
