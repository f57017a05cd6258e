"""The home of feeds as a Django app."""

from stoa.base.apps import RoomConfig


class FeedsHome(RoomConfig):
    default = True
    name = "stoa.social.networks.web_feed.home"
    label = "web_feed"
    verbose_name = "Feeds"
