"""The real home of feeds, spoken to without leaving the process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stoa.social.networks.indoors import Indoors
from stoa.social.networks.rehearsing import Rehearsal, Shown
from stoa.social.networks.web_feed.home.models import Entry
from stoa.social.networks.web_feed.home.policy import feeds_key

SERVER = "http://localhost:8000/feeds/"


def overhear(id: str, text: str) -> str:
    raise AssertionError("Nobody answers a feed.")


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    answers = {
        "server": SERVER,
        "handle": "guild",
        "title": "The Guild",
        "description": "What we mend",
        "key": feeds_key(),
    }
    yield Rehearsal(Indoors(), answers, lambda: Entry.objects.standing().count(), overhear, shown=shown)


def shown() -> list[Shown]:
    own = Entry.objects.standing().order_by("id")
    return [Shown(f"{each.title}\n{each.text}", tuple(one.alt for one in each.pictures.all())) for each in own]
