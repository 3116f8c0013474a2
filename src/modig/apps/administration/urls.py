"""The addresses of administration: users and roles."""

from django.urls import path

from modig.apps.administration import views

app_name = "administration"
urlpatterns = [
    path("users/", views.user_list, name="users"),
    path("users/new/", views.user_new, name="user_new"),
    path("users/<int:membership_id>/", views.user, name="user"),
    path("users/<int:membership_id>/invitation/", views.user_invitation, name="user_invitation"),
    path("users/<int:membership_id>/removal/", views.user_removal, name="user_removal"),
    path("roles/", views.role_list, name="roles"),
    path("roles/new/", views.role_new, name="role_new"),
    path("roles/<int:role_id>/", views.role, name="role"),
    path("roles/<int:role_id>/removal/", views.role_removal, name="role_removal"),
]
