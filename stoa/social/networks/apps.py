"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class NetworksConfig(RoomConfig):
    default = True
    name = "stoa.social.networks"
    label = "networks"
