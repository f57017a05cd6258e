"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class MeasureConfig(RoomConfig):
    default = True
    name = "stoa.measure"
    label = "measure"
