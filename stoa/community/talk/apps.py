"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class TalkConfig(RoomConfig):
    default = True
    name = "stoa.community.talk"
    label = "talk"
