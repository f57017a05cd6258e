"""Addresses."""

from django.urls import path

from stoa.front.views import calendar, home, options, set_up, today, tour

app_name = "front"
urlpatterns = [
    path("", home.home, name="home"),
    path("desk/", today.desk, name="desk"),
    path("desk/today/", today.today, name="today"),
    path("desk/today/marks/", today.marks, name="marks"),
    path("desk/today/marks/<id:mark_id>/", today.mark, name="mark"),
    path("desk/today/visit/", today.visit, name="visit"),
    path("desk/calendar/", calendar.calendar, name="calendar"),
    path("desk/launch/", set_up.launch, name="launch"),
    path("show-me/", tour.tour, name="tour"),
    path("set-up/<str:code>/", set_up.set_up, name="set_up"),
    path("desk/settings/", options.settings, name="options"),
    path("desk/settings/<str:key>/", options.option, name="option"),
]
