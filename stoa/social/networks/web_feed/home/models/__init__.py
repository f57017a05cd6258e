"""Feeds, their entries, and the pictures of entries."""

from stoa.social.networks.web_feed.home.models.entry import Entry
from stoa.social.networks.web_feed.home.models.feed import Feed
from stoa.social.networks.web_feed.home.models.picture import Picture

__all__ = ["Entry", "Feed", "Picture"]
