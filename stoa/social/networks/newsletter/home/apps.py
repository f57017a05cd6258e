"""The home of newsletters as a Django app."""

from stoa.base.apps import RoomConfig


class NewslettersHome(RoomConfig):
    default = True
    name = "stoa.social.networks.newsletter.home"
    label = "newsletter"
    verbose_name = "Newsletters"
