"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class GatherConfig(RoomConfig):
    default = True
    name = "stoa.community.gather"
    label = "gather"
