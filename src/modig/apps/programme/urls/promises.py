"""Promises: one's own, those of a group, and their numbers; and reminders of them."""

from django.urls import path

from modig.apps.programme.views import promises, reminders

urlpatterns = [
    path("promises/", promises.promise_list, name="promises"),
    path("promises/new/", promises.promise_new, name="promise_new"),
    path("promises/counts/", promises.counts, name="promise_counts"),
    path("promises/<int:promise_id>/", promises.promise, name="promise"),
    path("promises/<int:promise_id>/edit/", promises.promise_edit, name="promise_edit"),
    path("promises/<int:promise_id>/outcome/", promises.outcome, name="promise_outcome"),
    path("promises/<int:promise_id>/removal/", promises.promise_removal, name="promise_removal"),
    path("groups/<int:group_id>/promises/", promises.group_promises, name="group_promises"),
    path("mine/reminders/", reminders.reminders, name="reminders"),
    path("reminders/<str:token>/", reminders.reminders_by_link, name="reminders_by_link"),
]
