"""Opening a feed, and renewing its token."""

from __future__ import annotations

import secrets
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction

from stoa.base import clock
from stoa.social.networks.web_feed.home.errors import Problem, not_valid
from stoa.social.networks.web_feed.home.models import Feed
from stoa.social.networks.web_feed.home.models.feed import HANDLE, hash_of
from stoa.social.networks.web_feed.home.policy import is_feeds_key
from stoa.social.networks.web_feed.home.speaking import speakable


def open_feed(handle: str, title: str, description: str, *, key: str) -> tuple[Feed, str]:
    """Makes or reopens a feed, with this title and description; returns it with a fresh token, which is shown this once."""
    if not is_feeds_key(key):
        raise Problem(403, "WrongKey", "This is not the key of the feeds.", "Copy the key from the feeds page.")
    handle = handle.strip().lower()
    if not HANDLE.fullmatch(handle):
        raise not_valid("This short name is not possible.", "Use small letters, digits and - between them, at most 40.")
    now = clock.now()
    said = {"title": speakable(title).strip()[:200] or handle, "description": speakable(description).strip()[:500]}
    with transaction.atomic():
        new = {**said, "authority": authority(), "at": now, "changed_at": now}
        feed, was_made = Feed.objects.select_for_update().get_or_create(handle=handle, defaults=new)
        if not was_made and (feed.title, feed.description) != (said["title"], said["description"]):
            feed.title, feed.description, feed.changed_at = said["title"], said["description"], now
            feed.save(update_fields=["title", "description", "changed_at"])
        return feed, renew_token(feed)


def authority() -> str:
    """Who gives the ids of a new feed: the host by which the house is known today."""
    return f"{urlsplit(settings.STOA_URL).hostname or 'localhost'},{clock.now():%Y-%m-%d}"[:300]


def renew_token(feed: Feed) -> str:
    """A new token; the old one is over."""
    token = secrets.token_urlsafe(32)
    feed.token_hash = hash_of(token)
    feed.save(update_fields=["token_hash"])
    return token
