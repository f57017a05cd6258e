"""What each kind of topic begins with besides title and text, and who may open which."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from stoa.base.actors import Actor
from stoa.community.talk.looks import KINDS, Look
from stoa.community.talk.models import Poll
from stoa.community.talk.models.tag import tags_in
from stoa.community.talk.policy import may_open_kind
from stoa.spaces.models import Space

DAY = timedelta(days=1)
HELD = ("options", "takes_several", "shows", "open_days", "first_days", "no_replies", "tags")
"""The fields of a form that say what a topic begins with."""


@dataclass(frozen=True)
class PollPlan:
    """What a poll begins with."""

    options: tuple[str, ...]
    takes_several: bool = False
    shows: str = Poll.Shows.AFTER_VOTING
    open_for: timedelta | None = None


@dataclass(frozen=True)
class Particulars:
    """What a topic of some kind begins with besides title and text: a poll's plan; for how long an announcement stands first, and
    whether it takes replies; its tags."""

    poll: PollPlan | None = None
    stands_first_for: timedelta | None = None
    takes_replies: bool = True
    tags: tuple[str, ...] = ()


def particulars_of(held: Mapping[str, Any]) -> Particulars:
    """What a topic begins with, of the values of its form."""
    poll = PollPlan(
        tuple(held["options"].splitlines()), held["takes_several"], held["shows"] or Poll.Shows.AFTER_VOTING,
        int(held["open_days"] or 0) * DAY or None,
    )  # fmt: skip
    first = int(held["first_days"] or 0) * DAY or None
    return Particulars(poll, first, not held["no_replies"], tuple(tags_in(held["tags"])))


def kinds_for(actor: Actor, space: Space) -> list[Look]:
    """What this actor may open here."""
    return [look for key, look in KINDS.items() if may_open_kind(actor, space, key)]
