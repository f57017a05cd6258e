"""The real home of newsletters, spoken to without leaving the process. Nobody has subscribed, so that an issue is out at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from stoa.base.actors import system
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.newsletter.home.actions.newsletters import make_newsletter
from stoa.social.networks.newsletter.home.models import Issue, Newsletter
from stoa.social.networks.newsletter.home.policy import newsletters_key
from stoa.social.networks.newsletter.home.tests.makers import said
from stoa.social.networks.rehearsing import Rehearsal, Shown

SERVER = "http://localhost:8000/newsletters/"


def overhear(id: str, text: str) -> str:
    """Whoever answers a newsletter writes a mail to its own address: nothing here hears of it."""
    return ""


@contextmanager
def rehearse() -> Iterator[Rehearsal]:
    if not Newsletter.objects.filter(handle="guild").exists():
        make_newsletter("guild", said(), by=system("tests"))
    answers = {"server": SERVER, "handle": "guild", "key": newsletters_key()}
    yield Rehearsal(Indoors(), answers, lambda: Issue.objects.standing().count(), overhear, shown=shown)


def shown() -> list[Shown]:
    own = Issue.objects.standing().order_by("id")
    return [Shown(f"{each.title}\n{each.text}", tuple(one.alt for one in each.pictures.all())) for each in own]
