"""Liking, reposting and seeing a post; each counts once for each reader."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import transaction
from django.db.models import F

from stoa.base import clock
from stoa.social.networks.plaza.home.models import Account, Post, Reaction, Sighting


def react(post: Post, kind: Reaction.Kind, *, by: Account) -> Reaction:
    reaction, _ = Reaction.objects.get_or_create(account=by, post=post, kind=kind, defaults={"at": clock.now()})
    return reaction


def see(posts: Iterable[Post], *, reader: str) -> int:
    """Raises the reach of those that this reader had not seen today; returns how many those were."""
    new = 0
    for post in posts:
        with transaction.atomic():
            _, was_new = Sighting.objects.get_or_create(post=post, reader=reader)
            if was_new:
                Post.objects.filter(id=post.id).update(reach=F("reach") + 1)
                new += 1
    return new


def reader_of(address: str, agent: str, day: date) -> str:
    """A keyed hash of where and with what somebody reads, different every day."""
    key = hashlib.sha256(f"plaza readers {day.isoformat()} {settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, f"{address}\n{agent}".encode(), hashlib.sha256).hexdigest()[:32]
