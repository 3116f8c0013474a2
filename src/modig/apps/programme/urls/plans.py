"""Home, plans, groups, calendars."""

from django.urls import path

from modig.apps.programme.views import (
    calendars,
    changes,
    contacts,
    exports,
    groups,
    home,
    moves,
    plans,
    proposals,
    reasons,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("mine/", home.mine, name="mine"),
    path("participants/<int:person_id>/", home.participant, name="participant"),
    path("mine/calendar/", home.renew_calendar, name="renew_calendar"),
    path("waves/<int:wave_id>/plans/", plans.plan_list, name="plans"),
    path("waves/<int:wave_id>/proposals/", proposals.proposals, name="proposals"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/publication/", plans.publication, name="publication"),
    path("plans/<int:plan_id>/comparison/", plans.comparison, name="comparison"),
    path("plans/<int:plan_id>/staffing/", plans.staffing, name="staffing"),
    path("plans/<int:plan_id>/changes/", changes.changes, name="changes"),
    path("plans/<int:plan_id>/contacts/", contacts.contacts, name="contacts"),
    path("plans/<int:plan_id>/teams/<str:kind>/<path:code>/", moves.team_move, name="team_move"),
    path("plans/<int:plan_id>/locks/", moves.lock, name="lock"),
    path("meetings/<int:meeting_id>/", moves.meeting_move, name="meeting_move"),
    path("plans/<int:plan_id>/people.csv", exports.people, name="plan_people"),
    path("plans/<int:plan_id>/staff.csv", exports.staff, name="plan_staff"),
    path("plans/<int:plan_id>/groups.csv", exports.groups, name="plan_groups"),
    path("plans/<int:plan_id>/schedule.csv", exports.schedule, name="plan_schedule"),
    path("plans/<int:plan_id>/keep_apart.csv", exports.keep_apart, name="plan_keep_apart"),
    path("plans/<int:plan_id>/unit_caps.csv", exports.unit_caps, name="plan_unit_caps"),
    path("plans/<int:plan_id>/holidays.txt", exports.holidays, name="plan_holidays"),
    path("plans/<int:plan_id>/participants/", exports.participants, name="plan_participants"),
    path("plans/<int:plan_id>/meetings/", exports.meetings, name="plan_meetings"),
    path("groups/<int:group_id>/", groups.group, name="group"),
    path("groups/<int:group_id>/reasons/", reasons.reasons, name="group_reasons"),
    path("groups/<int:group_id>/members/", groups.members, name="group_members"),
    path("groups/<int:group_id>/attendance.pdf", groups.attendance, name="attendance"),
    path("calendar/<str:token>.ics", calendars.calendar, name="calendar"),
]
