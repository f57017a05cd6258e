"""Addresses of events, calendars and the goal."""

from django.urls import path

from stoa.community.gather.views import calendars, desk, events, goal, people, programme, rsvps

app_name = "gather"
urlpatterns = [
    path("events/", events.events, name="events"),
    path("events/calendar/", calendars.own, name="calendar"),
    path("events/<id:event_id>/", events.event, name="event_short"),
    path("events/<id:event_id>-<str:slug>/", events.event, name="event"),
    path("events/<id:event_id>/calendar.ics", calendars.of_event, name="event_calendar"),
    path("events/<id:event_id>/edit/", events.edit, name="edit_event"),
    path("events/<id:event_id>/cancellation/", events.cancellation, name="cancellation"),
    path("events/<id:event_id>/rsvp/", rsvps.rsvp, name="rsvp"),
    path("events/<id:event_id>/people/", people.people, name="people"),
    path("events/<id:event_id>/attendance/", people.attendance, name="attendance"),
    path("events/<id:event_id>/hosts/<id:person_id>/", people.host, name="host"),
    path("spaces/<id:space_id>/events/new/", events.new, name="new_event"),
    path("calendars/<str:secret>.ics", calendars.feed, name="feed"),
    path("goal/", goal.goal, name="goal"),
    path("goal/contributions/", goal.contributions, name="contributions"),
    path("goal/contributions/<id:contribution_id>/", goal.contribution, name="contribution"),
    path("desk/events/", desk.events, name="desk_events"),
    path("desk/programme/", programme.programme, name="programme"),
    path("desk/programme/new/", programme.new, name="new_format"),
    path("desk/programme/<id:format_id>/", programme.format, name="format"),
    path("desk/programme/<id:format_id>/occasions/", programme.occasions, name="occasions"),
    path("desk/goal/", desk.goal, name="desk_goal"),
]
