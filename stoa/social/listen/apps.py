"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class ListenConfig(RoomConfig):
    default = True
    name = "stoa.social.listen"
    label = "listen"
