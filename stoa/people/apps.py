"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class PeopleConfig(RoomConfig):
    default = True
    name = "stoa.people"
    label = "people"
