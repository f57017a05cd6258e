"""A year on Plaza before today: the Guild's three accounts, their posts, and the strangers who answered.

Whoever fills the rooms reads the same posts back through the connector: each stands under `key_of(post, channel)`, each
of our answers under `key_of_turn(conversation, number)`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction

from stoa.base import clock, ids
from stoa.base.models.site import site
from stoa.demo_guild import SEED
from stoa.demo_guild.reach import CARD, carried, conversations
from stoa.demo_guild.rows import Channel, Conversation
from stoa.demo_guild.rows import Post as Planned
from stoa.demo_guild.social import channels, moment_of, posts
from stoa.social.networks.plaza.home.models import Account, Notice, Post

A_YEAR_AGO = timedelta(days=366)


def key_of(post: str, channel: str) -> str:
    return f"demo-{post}-{channel}"


def key_of_turn(conversation: str, number: int) -> str:
    return f"demo-{conversation}-{number}"


def fill(seed: int = SEED) -> int:
    """Writes the year up to now; returns how many posts stand on Plaza. Filling twice changes nothing."""
    now = clock.now()
    with transaction.atomic(), ids.seeded(seed):
        if Post.objects.filter(key__startswith="demo-").exists():
            return Post.objects.standing().count()
        ours = {row.key: _own(row, now) for row in channels()}
        strangers = {
            row.handle: _account(row.handle, row.name, Account.Kind.STRANGER, now) for row in conversations(seed)
        }
        Account.objects.bulk_create([*ours.values(), *strangers.values()])
        written = {post.key: post for plan in posts(seed) for post in _written(plan, ours, now, seed)}
        answers: list[Post] = []
        notices: list[Notice] = []
        for talk in conversations(seed):
            _talk(talk, ours[talk.channel], strangers[talk.handle], written, now, answers, notices)
        Post.objects.bulk_create([*written.values(), *answers], batch_size=200)
        Notice.objects.bulk_create(notices, batch_size=200)
        return len(written) + len(answers)


def _own(row: Channel, now: datetime) -> Account:
    account = _account(row.handle, row.name, _kind(row.offers_reach), now)
    account.bio, account.link, account.crowd_followers = row.about, settings.STOA_URL, row.followers
    return account


def _kind(offers_reach: bool) -> Account.Kind:
    return Account.Kind.TOLD if offers_reach else Account.Kind.QUIET


def _account(handle: str, name: str, kind: Account.Kind, now: datetime) -> Account:
    with clock.pinned(now - A_YEAR_AGO):
        return Account(handle=handle.removeprefix("@").lower(), name=name, kind=kind, at=clock.now())


def _written(plan: Planned, ours: dict[str, Account], now: datetime, seed: int) -> Iterator[Post]:
    """One post for each channel that has gone out by now, with what its crowd had done by its last reading."""
    zone = ZoneInfo(site().zone)
    at = datetime.combine(*moment_of(plan, now.astimezone(zone).date()), tzinfo=zone)
    if at > now:
        return
    readings = dict(plan.readings)
    for channel, text in plan.variants:
        told = [reading for reading in readings.get(channel, ()) if at + reading.after <= now]
        with clock.pinned(at):
            post = Post(author=ours[channel], text=text, language="en", key=key_of(plan.key, channel), at=at)
        if code := carried(seed).get((plan.key, channel)):
            post.link, post.card_title, post.marker = f"{settings.STOA_URL}/l/{code}", CARD, code
        if told:
            last = told[-1]
            post.crowd_likes, post.crowd_reposts = last.likes, last.reposts
            post.crowd_replies, post.reach = last.replies, last.views or 0
        yield post


def _talk(
    talk: Conversation,
    ours: Account,
    stranger: Account,
    written: dict[str, Post],
    now: datetime,
    answers: list[Post],
    notices: list[Notice],
) -> None:
    """Turn by turn: the first answers a post of ours or mentions us, each later one answers the one before."""
    above = written.get(key_of(talk.post, talk.channel)) if talk.post else None
    if above is not None:
        above.crowd_replies = max(0, above.crowd_replies - 1)
    for number, turn in enumerate(talk.turns):
        at = now + talk.offset + turn.after
        if at > now:
            return
        mentions = above is None and not turn.ours
        with clock.pinned(at):
            said = Post(
                author=ours if turn.ours else stranger,
                text=f"@{ours.handle} {turn.text}" if mentions else turn.text,
                language="en",
                key=key_of_turn(talk.key, number),
                answered=above,
                root=(above.root or above) if above else None,
                at=at,
            )
            if not turn.ours:
                kind = Notice.Kind.MENTION if mentions else Notice.Kind.REPLY
                notices.append(Notice(to=ours, post=said, kind=kind))
        answers.append(said)
        above = said
