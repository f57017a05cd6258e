"""What a network would refuse is found before anything is sent."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest

from stoa.social.networks.checking import objections
from stoa.social.networks.protocol import Card, Outgoing, Picture, Video
from stoa.social.networks.registry import get

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
RULES = get("bluesky").rules
VIDEO = Video(lambda: BytesIO(b"x"), 1, "video/mp4", "", 16, 9, 3.0)


def post(text: str = "Hello", **more: Any) -> Outgoing:
    return Outgoing(text=text, key="a", made_at=NOON, at=NOON, **more)


def picture(size: int = 10, mime: str = "image/png", alt: str = "A bench") -> Picture:
    return Picture(b"x" * size, mime, alt, 4, 3)


def reasons(outgoing: Outgoing) -> list[str]:
    return [found.reason for found in objections(outgoing, RULES)]


def test_what_fits_meets_no_objection() -> None:
    assert reasons(post("x" * 300, pictures=(picture(),) * 4)) == []


def test_nothing_at_all_is_objected_to() -> None:
    assert reasons(post("  ")) == ["There is nothing to publish yet."]
    assert reasons(post("", pictures=(picture(),))) == []


def test_both_limits_of_a_text_speak() -> None:
    assert reasons(post("\U0001f468\u200d\U0001f469\u200d\U0001f467" * 301)) == [
        "The text has 301 characters; this network takes 300.",
        "The text has 5418 bytes; this network takes 3000.",
    ]
    assert objections(post("x" * 305), RULES)[0].mend == "Shorten it by 5 characters."


def test_pictures_are_judged_one_by_one() -> None:
    pictures = (picture(), picture(2_000_001), picture(mime="image/tiff"), picture(alt="x" * 2001), picture())
    assert reasons(post(pictures=pictures)) == [
        "There are 5 pictures; this network takes 4.",
        "Picture 2 has 2000001 bytes; this network takes 2000000.",
        "Picture 3 is image/tiff, which this network does not take.",
        "The description of picture 4 has 2001 characters; this network takes 2000.",
    ]


def test_a_network_without_pictures_says_so() -> None:
    rules = replace(RULES, pictures=None)
    assert [found.field for found in objections(post(pictures=(picture(),)), rules)] == ["pictures"]


@pytest.mark.parametrize(
    ("needs", "said", "field"),
    [
        ("picture", "This network takes no post without a picture.", "pictures"),
        ("video", "This network takes no post without a video.", "video"),
        ("picture or video", "This network takes no post without a picture or a video.", "pictures"),
    ],
)
def test_a_network_of_pictures_or_videos_takes_no_post_without(needs: Any, said: str, field: str) -> None:
    rules = replace(RULES, needs=needs)
    assert [(found.reason, found.field) for found in objections(post(), rules)] == [(said, field)]
    assert objections(post(answers="1"), rules) == ()
    shown = post(pictures=(picture(),)), post(video=VIDEO)
    assert [bool(objections(each, rules)) for each in shown] == [needs == "video", needs == "picture"]


def test_a_link_must_be_seen_somewhere() -> None:
    link = "https://example.org/l/ABC"
    assert reasons(post(link=link)) == ["The link is not in the text."]
    assert reasons(post(f"Come: {link}", link=link)) == []
    assert reasons(post(link=link, card=Card("Come"))) == []
    assert reasons(post(link=link, card=Card("Come"), pictures=(picture(),))) == [
        "With pictures, this network shows no link card."
    ]
