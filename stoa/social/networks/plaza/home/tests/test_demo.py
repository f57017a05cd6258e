"""The demo's year on Plaza, read back through the connector."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.conf import settings

from stoa.base import clock
from stoa.demo_guild.reach import conversations
from stoa.demo_guild.social import channels, posts
from stoa.social.networks.indoors import Indoors
from stoa.social.networks.plaza.connector import CONNECTOR
from stoa.social.networks.plaza.home import demo
from stoa.social.networks.plaza.home.models import Account, Notice, Post
from stoa.social.networks.plaza.home.policy import practice_key
from stoa.social.networks.protocol import NOT_OFFERED, Line, NotSent, Outgoing, Published

pytestmark = pytest.mark.django_db
TODAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def line_to(handle: str) -> Line:
    answers = {"server": f"{settings.STOA_URL}/plaza", "handle": handle, "name": "", "key": practice_key()}
    _, granted = CONNECTOR.connect(answers, http=Indoors())
    return Line(Indoors(), granted.credentials)


def test_the_year_is_read_back_through_the_connector() -> None:
    with clock.pinned(TODAY):
        stand = demo.fill()
        again = demo.fill()
    assert stand == again == Post.objects.count()
    young = next(row for row in channels() if not row.offers_reach)
    line = line_to(young.handle)
    plan = next(plan for plan in posts() if young.key in dict(plan.variants) and dict(plan.readings).get(young.key))
    wanted = Outgoing("", demo.key_of(plan.key, young.key), TODAY, TODAY)
    found = CONNECTOR.settle(wanted, over=line)
    assert isinstance(found, Published)
    told = {reading.measure: reading.value for reading in CONNECTOR.measure([found.id], over=line).readings}
    last = dict(plan.readings)[young.key][-1]
    assert (told["likes"], told["reposts"], told["reach"]) == (last.likes, last.reposts, NOT_OFFERED)


def test_every_stranger_is_heard() -> None:
    with clock.pinned(TODAY):
        demo.fill()
    heard, cursor, more = set(), "0" * 13, True
    line = line_to("brackwater")
    while more:
        page = CONNECTOR.listen(cursor, over=line)
        heard |= {item.id for item in page.items}
        cursor, more = page.cursor, page.more
    assert len(heard) == Notice.objects.filter(to__handle="brackwater").count()
    spoken = {talk.handle.removeprefix("@").lower() for talk in conversations()}
    assert set(Account.objects.filter(kind="stranger").values_list("handle", flat=True)) == spoken


def test_the_wire_indoors_goes_nowhere_else() -> None:
    with pytest.raises(NotSent):
        Indoors().request("GET", "https://example.org/")
