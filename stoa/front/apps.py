"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class FrontConfig(RoomConfig):
    default = True
    name = "stoa.front"
    label = "front"
