"""Writing a post, the same one for the same key, and taking it down."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import regex
from django.db import IntegrityError, transaction

from stoa.base import clock
from stoa.social.networks.plaza.home.errors import Problem, not_there, not_valid, taken_down
from stoa.social.networks.plaza.home.models import Account, Notice, Picture, Post

TEXT = 500
PICTURES = 4
ALT = 1500
POSTS, WINDOW = 300, timedelta(minutes=5)
_GRAPHEME = regex.compile(r"\X")
_MENTION = re.compile(r"(?<![\w@/.-])@([a-z0-9](?:[a-z0-9_-]{0,38}[a-z0-9])?)", re.IGNORECASE)


@dataclass(frozen=True)
class Draft:
    """What is about to be written. `pictures` are stored pictures of the same owner with their descriptions."""

    text: str
    language: str = ""
    link: str = ""
    card_title: str = ""
    card_description: str = ""
    card_picture: Picture | None = None
    pictures: Sequence[tuple[Picture, str]] = field(default_factory=tuple)
    answered: Post | None = None
    marker: str = ""


def write_post(draft: Draft, *, by: Account, key: str = "", at: datetime | None = None) -> Post:
    """Writes a post, or returns the one that this key has made already."""
    if key and (made := Post.objects.filter(author=by, key=key).first()):
        return _still_standing(made)
    _check(draft, by)
    try:
        with transaction.atomic():
            return _write(draft, by, key, at or clock.now())
    except IntegrityError:
        if key and (made := Post.objects.filter(author=by, key=key).first()):
            return _still_standing(made)
        raise


def take_down(post: Post, *, by: Account) -> Post:
    """Empties and hides the post; its id goes on answering *gone*."""
    if post.author_id != by.id:
        raise not_there()
    with transaction.atomic():
        if (
            not Post.objects.standing()
            .filter(id=post.id)
            .update(taken_down_at=clock.now(), text="", link="", card_title="", card_description="")
        ):
            raise taken_down()
        Picture.objects.filter(post=post).update(post=None)
        Notice.objects.filter(post=post).delete()
    post.refresh_from_db()
    return post


def _still_standing(post: Post) -> Post:
    if post.is_taken_down:
        raise taken_down()
    return post


def _check(draft: Draft, by: Account) -> None:
    if not draft.text.strip() and not draft.pictures:
        raise not_valid("There is nothing to publish.", "Write a text or add a picture.")
    if (used := graphemes(draft.text)) > TEXT:
        raise not_valid(f"The text has {used} characters; Plaza takes {TEXT}.", "Shorten the text.")
    if len(draft.pictures) > PICTURES:
        raise not_valid(f"Plaza takes {PICTURES} pictures.", "Remove some pictures.")
    if len(draft.pictures) > 1 and any(picture.is_video for picture, _alt in draft.pictures):
        raise not_valid("Plaza shows one video, or pictures.", "Remove the others.")
    if any(graphemes(alt) > ALT for _, alt in draft.pictures):
        raise not_valid(f"A description has more than {ALT} characters.", "Shorten the description.")
    if draft.answered is not None and draft.answered.is_taken_down:
        raise taken_down()
    if Post.objects.filter(author=by, at__gt=clock.now() - WINDOW).count() >= POSTS:
        seconds = int(WINDOW.total_seconds())
        raise Problem(429, "TooMany", f"Plaza takes {POSTS} posts in {seconds // 60} minutes.", after=seconds)


def _write(draft: Draft, by: Account, key: str, at: datetime) -> Post:
    answered = draft.answered
    post = Post.objects.create(
        author=by,
        text=draft.text,
        language=draft.language,
        link=draft.link,
        card_title=draft.card_title,
        card_description=draft.card_description,
        answered=answered,
        root=(answered.root or answered) if answered else None,
        key=key,
        marker=draft.marker,
        at=at,
    )
    for place, (picture, alt) in enumerate(draft.pictures):
        Picture.objects.filter(id=picture.id).update(post=post, alt=alt, place=place)
    if draft.card_picture:
        Picture.objects.filter(id=draft.card_picture.id).update(post=post, is_card=True)
    _tell(post)
    return post


def _tell(post: Post) -> None:
    """One notice for each account that is answered or mentioned; an answer outranks a mention."""
    if post.answered and post.answered.author_id != post.author_id:
        Notice.objects.create(to=post.answered.author, post=post, kind=Notice.Kind.REPLY)
    handles = {handle.lower() for handle in _MENTION.findall(post.text)}
    told = {post.author_id, post.answered.author_id if post.answered else None}
    for account in Account.objects.filter(handle__in=handles).exclude(id__in=[id for id in told if id]):
        Notice.objects.create(to=account, post=post, kind=Notice.Kind.MENTION)


def graphemes(text: str) -> int:
    return sum(1 for _ in _GRAPHEME.finditer(text))
