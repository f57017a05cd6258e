"""The tests of `conformance` for pictures and videos: a description is kept as it was written, and what is made ready is seen by nobody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from stoa.social.networks.conforming import PICTURE, VIDEO, Tried, every_one_that
from stoa.social.networks.conforming import tried as tried  # pytest finds the fixture by its name here
from stoa.social.networks.counting import STRATEGIES
from stoa.social.networks.protocol import (
    Connects,
    Gone,
    NotSent,
    Pending,
    Prepared,
    Prepares,
    Publishes,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
)
from stoa.social.networks.registry import connectors
from stoa.social.networks.rehearsing import Reply, lost

Record = Callable[[str, object], None]
ALTS = {
    "emoji": "A lamp 💡 and a family 👩\u200d👩\u200d👧\u200d👦 beside 🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",
    "right to left": "شرفة مع مصباح (100%) — מרפסת",
    "combining": "Cafe\u0301 A\u030a \u1112\u1161\u11ab",
    "lines": "A porch,\nat night,\n\nwith a lamp.",
    "beyond sixteen bits": "𝔓𝔬𝔯𝔠𝔥 𠜎 𐍈",
    "marks": "<b>“&amp;” 'quotes' \"double\" [brackets] \\backslash\\ %41 + & ; = # *stars* _lines_ `ticks`",
}
described = {
    key: each
    for key, each in connectors().items()
    if isinstance(each, Connects) and each.rules.pictures and each.rules.pictures.takes_descriptions
}
every_one_with_descriptions = pytest.mark.parametrize("connector", described.values(), ids=list(described))
moving = {key: each for key, each in connectors().items() if isinstance(each, Connects) and each.rules.videos}
every_one_with_videos = pytest.mark.parametrize("connector", moving.values(), ids=list(moving))


def kept(tried: Tried, alt: str) -> str:
    """The description that stands there, of a picture that was sent with this one."""
    tried.publish(replace(tried.post(), pictures=(replace(PICTURE, alt=alt),)))
    assert tried.rehearsal.shown, "a connector with pictures has a rehearsal that shows their descriptions"
    assert tried.rehearsal.count() == 1
    ((found,),) = (each.alts for each in tried.rehearsal.shown() if each.alts)
    return found


@every_one_with_descriptions
@pytest.mark.parametrize("case", list(ALTS))
def test_a_description_is_stored_to_the_byte(tried: Tried, case: str, record_property: Record) -> None:
    """What a network does not keep is named with the reason, and named only where it is so."""
    found, why = kept(tried, ALTS[case]), tried.rehearsal.alters.get(case, "")
    assert (found.encode() == ALTS[case].encode()) == (not why)
    record_property("description", [tried.does.key, case, why])


@every_one_with_descriptions
def test_a_description_as_long_as_they_may_be_is_stored_whole(tried: Tried, record_property: Record) -> None:
    limit = tried.does.rules.pictures
    alt = "\u0119" * limit.alt_at_most
    assert STRATEGIES[limit.alt_count](alt) == limit.alt_at_most
    assert kept(tried, alt).encode() == alt.encode()
    record_property("description", [tried.does.key, "as long as may be", ""])


@every_one_with_videos
def test_a_video_is_published_and_found_again(tried: Tried) -> None:
    moving = replace(tried.post(), pictures=(), video=VIDEO)
    assert tried.publish(moving).id
    assert tried.rehearsal.count() == 1


@every_one_that(Prepares, Publishes)
def test_what_is_made_ready_is_seen_by_nobody_and_may_be_made_ready_again(tried: Tried) -> None:
    first = tried.ready(tried.to_prepare())
    tried.prepared.clear()
    again = tried.ready(tried.to_prepare())
    assert 0 < len(first.prepared) <= 500
    assert 0 < len(again.prepared) <= 500
    assert tried.rehearsal.count() == 0
    assert tried.publish(again).id
    assert tried.rehearsal.count() == 1


@every_one_that(Prepares)
@pytest.mark.parametrize("instead", [True, False], ids=["before", "after"])
@pytest.mark.parametrize(
    "spoiled",
    [lost, lambda: Reply(500), lambda: Reply(200, b'{"cut'), lambda: Reply(200, b"{}"), lambda: Reply(429, b"{}")],
    ids=["lost", "500", "truncated", "empty", "429"],
)
def test_the_trouble_of_making_ready_is_never_unknown(tried: Tried, spoiled: object, instead: bool) -> None:
    setattr(tried.http, "instead" if instead else "after", spoiled)
    answer: object
    try:
        answer = tried.does.prepare(tried.to_prepare(), over=tried.line)
    except Trouble as trouble:
        answer = trouble
    assert isinstance(answer, Prepared | Pending | NotSent | TryLater | Refused | Gone | Reconnect)
    assert tried.rehearsal.count() == 0
    assert tried.publish(tried.to_prepare()).id
    assert tried.rehearsal.count() == 1


@every_one_that(Prepares)
def test_what_was_made_ready_for_nobody_is_gone_or_refused(tried: Tried) -> None:
    """Networks keep it for hours: then it is made ready again, and nothing was published."""
    with pytest.raises((Gone, Refused)):
        tried.does.publish(replace(tried.to_prepare(), prepared="1" * 17), over=tried.line)
    assert tried.rehearsal.count() == 0
