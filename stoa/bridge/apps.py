"""The room's place in Django."""

from stoa.base.apps import RoomConfig


class BridgeConfig(RoomConfig):
    default = True
    name = "stoa.bridge"
    label = "bridge"
