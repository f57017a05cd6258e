"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class ModerationConfig(RoomConfig):
    default = True
    name = "stoa.moderation"
    label = "moderation"
