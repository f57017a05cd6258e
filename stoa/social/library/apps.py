"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class LibraryConfig(RoomConfig):
    default = True
    name = "stoa.social.library"
    label = "library"
