"""Every room's addresses under one roof; the only file besides the front that may name them all."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from stoa.base.routes import Rooms
from stoa.rooms import ROOMS

rooms: list[URLPattern | URLResolver] = [
    path("", include(f"{room.app}.urls")) for room in ROOMS if find_spec(f"{room.app}.urls")
]
rooms += [
    path("plaza/", include("stoa.social.networks.plaza.home.urls")),
    path("feeds/", include("stoa.social.networks.web_feed.home.urls")),
    path("", include("stoa.social.networks.newsletter.home.urls")),
]
urlpatterns = [Rooms(rooms)]

handler404 = "stoa.base.pages.not_found"
handler403 = "stoa.base.pages.forbidden"
handler500 = "stoa.base.pages.broken"
handler429 = "stoa.base.pages.too_many"
