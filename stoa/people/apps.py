"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class PeopleConfig(RoomConfig):
    name = "stoa.people"
    label = "people"
