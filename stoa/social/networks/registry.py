"""The list of connectors: ours, and those that other packages bring under the entry point `stoa.connectors`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import entry_points

from stoa.social.networks.bluesky.connector import CONNECTOR as BLUESKY
from stoa.social.networks.discord.connector import CONNECTOR as DISCORD
from stoa.social.networks.facebook_page.connector import CONNECTOR as FACEBOOK_PAGE
from stoa.social.networks.ghost.connector import CONNECTOR as GHOST
from stoa.social.networks.instagram.connector import CONNECTOR as INSTAGRAM
from stoa.social.networks.lemmy.connector import CONNECTOR as LEMMY
from stoa.social.networks.linkedin.connector import CONNECTOR as LINKEDIN
from stoa.social.networks.mastodon.connector import CONNECTOR as MASTODON
from stoa.social.networks.matrix.connector import CONNECTOR as MATRIX
from stoa.social.networks.meta_threads.connector import CONNECTOR as META_THREADS
from stoa.social.networks.newsletter.connector import CONNECTOR as NEWSLETTER
from stoa.social.networks.pinterest.connector import CONNECTOR as PINTEREST
from stoa.social.networks.plaza.connector import CONNECTOR as PLAZA
from stoa.social.networks.protocol import Connector
from stoa.social.networks.reddit.connector import CONNECTOR as REDDIT
from stoa.social.networks.slack.connector import CONNECTOR as SLACK
from stoa.social.networks.telegram.connector import CONNECTOR as TELEGRAM
from stoa.social.networks.tiktok.connector import CONNECTOR as TIKTOK
from stoa.social.networks.web_feed.connector import CONNECTOR as WEB_FEED
from stoa.social.networks.wordpress.connector import CONNECTOR as WORDPRESS
from stoa.social.networks.x_twitter.connector import CONNECTOR as X_TWITTER
from stoa.social.networks.youtube.connector import CONNECTOR as YOUTUBE

GROUP = "stoa.connectors"
OURS: tuple[Connector, ...] = (
    BLUESKY, DISCORD, FACEBOOK_PAGE, GHOST, INSTAGRAM, LEMMY, LINKEDIN, MASTODON, MATRIX, META_THREADS, NEWSLETTER, PINTEREST, PLAZA,
    REDDIT, SLACK, TELEGRAM, TIKTOK, WEB_FEED, WORDPRESS, X_TWITTER, YOUTUBE,
)  # fmt: skip


class UnknownNetwork(LookupError):
    """No connector of that key is installed (any more)."""


@cache
def connectors() -> Mapping[str, Connector]:
    """Every connector by its key, ours first. A package cannot replace one of ours."""
    found = {connector.key: connector for connector in OURS}
    for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name):
        brought = entry.load()
        if not isinstance(brought, Connector):
            raise TypeError(f"{entry.value} is not a connector: see networks/protocol.py.")
        found.setdefault(brought.key, brought)
    return found


def get(key: str) -> Connector:
    try:
        return connectors()[key]
    except KeyError:
        raise UnknownNetwork(f"No connector for “{key}” is installed.") from None


def practice() -> Connector:
    """The practice network: for trying, training and the demo."""
    return PLAZA


def handed() -> Connector:
    """A network that the demo posts to by hand."""
    return INSTAGRAM
