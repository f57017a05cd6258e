"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class PublishConfig(RoomConfig):
    default = True
    name = "stoa.social.publish"
    label = "publish"
