"""Addresses."""

from django.urls import path, re_path

from stoa.front.views import calendar, home, moved, moving_in, options, set_up, today, tour

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
    path("desk/moving-in/", moving_in.imports, name="imports"),
    path("desk/moving-in/<id:import_id>/", moving_in.one, name="import"),
    path("desk/moving-in/<id:import_id>/confirmation/", moving_in.confirmation, name="import_confirmation"),
    path("desk/moving-in/<id:import_id>/pause/", moving_in.pause, name="import_pause"),
    path("desk/moving-in/<id:import_id>/letters/", moving_in.letters, name="import_letters"),
    path("moved/<id:home_id>/<slug:kind>/<path:old>/", moved.thing, name="moved_thing"),
    # Last of all: addresses of a community that moved in, asked only where nothing of ours is.
    re_path(r"^(?P<old>(?:t|p|c|u|uploads|user_uploads)/.+)$", moved.address, name="moved"),
]
