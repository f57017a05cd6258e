"""Plaza's real home, spoken to without leaving the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from unittest.mock import patch

from stoa.base import ids
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.plaza.home.actions import posts
from stoa.social.networks.plaza.home.actions.accounts import let_in
from stoa.social.networks.plaza.home.actions.posts import Draft, write_post
from stoa.social.networks.plaza.home.models import Account, Post
from stoa.social.networks.plaza.home.policy import practice_key
from stoa.social.networks.rehearsing import Rehearsal, Shown

SERVER = "http://localhost:8000/plaza"


def overhear(id: str, text: str) -> str:
    answered = Post.objects.select_related("author", "root").get(id=ids.parse(id))
    return write_post(Draft(text, answered=answered), by=let_in("Rosa")).shown_id


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    answers = {"server": SERVER, "handle": "guild", "name": "The Guild", "key": practice_key()}

    def count() -> int:
        return Post.objects.standing().exclude(author__kind=Account.Kind.STRANGER).count()

    with patch.object(posts, "POSTS", 100_000):  # how many it takes in a while is a test of its own
        yield Rehearsal(Indoors(), answers, count, overhear, shown=shown)


def shown() -> list[Shown]:
    own = Post.objects.standing().exclude(author__kind=Account.Kind.STRANGER).order_by("id")
    return [Shown(each.text, tuple(one.alt for one in each.pictures.filter(is_card=False))) for each in own]
