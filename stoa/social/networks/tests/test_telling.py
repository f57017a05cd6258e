"""What a channel's own server says of its limits stands before what the network's papers say; nonsense is as if it had not been said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from stoa.social.networks.allowances import Allowance
from stoa.social.networks.checking import objections
from stoa.social.networks.conforming import post
from stoa.social.networks.counting import counts_of
from stoa.social.networks.limits import Rate
from stoa.social.networks.mastodon.connector import CONNECTOR
from stoa.social.networks.protocol import Told
from stoa.social.networks.registry import get
from stoa.social.networks.telling import kept, left_of, with_told

DAY, ADDRESS = date(2026, 11, 30), "https://mastodon.test/api/v2/instance"
RULES = CONNECTOR.rules


def told(**said: Any) -> dict[str, Any]:
    return kept(Told(ADDRESS, **said))


def test_a_servers_word_stands_before_the_papers() -> None:
    said = told(
        text=1000, link=30, pictures=6, picture_bytes=8_388_608, alt=420, posts=(25, 86_400),
        mimes=("image/png", "image/heic", "video/mp4", "image/jpeg"),
    )  # fmt: skip
    rules = with_told(RULES, said, DAY)
    assert (rules.text[0].at_most, rules.text[0].source.address, rules.text[0].source.checked) == (1000, ADDRESS, DAY)
    assert rules.pictures is not None
    assert (rules.pictures.at_most, rules.pictures.bytes_at_most, rules.pictures.alt_at_most) == (6, 8_388_608, 420)
    assert rules.pictures.mimes == ("image/jpeg", "image/png")
    assert rules.link.counts_as == 30
    assert next((each.what, each.at_most, each.seconds) for each in rules.rates) == ("posts", 25, 86_400)
    assert (rules.text[0].source.told, RULES.text[0].source.told) == (True, False)


def test_a_link_costs_what_the_server_says() -> None:
    text = "see https://a.b now"
    assert [count.used for count in counts_of(text, RULES.text)] == [31]
    assert [count.used for count in counts_of(text, with_told(RULES, told(link=40), DAY).text)] == [48]
    assert [count.used for count in counts_of(text, with_told(RULES, told(link=5), DAY).text)] == [13]


@pytest.mark.parametrize("value", [0, -1, 10**30, "500", 1.5, True, None, [500], {"max": 5}])
@pytest.mark.parametrize("name", ["text", "link", "pictures", "picture_bytes", "alt", "video_bytes"])
def test_nonsense_changes_nothing(name: str, value: Any) -> None:
    assert told(**{name: value}) == {}
    assert with_told(RULES, told(**{name: value}), DAY) == RULES


@pytest.mark.parametrize("posts", [(0, 10), (5, 0), (5,), "25", (5, 10**30), (True and "a", 5), None])
def test_a_budget_that_makes_no_sense_is_none(posts: Any) -> None:
    assert told(posts=posts) == {}


@pytest.mark.parametrize(
    ("posts", "used", "left"),
    [((25, 86_400), 20, 5), ((25, 86_400), 0, 25), ((25, 86_400), 25, 0), ((25, 86_400), 10**30, 0)],
)
def test_what_is_left_by_the_networks_own_count_is_believed_for_an_hour(posts: Any, used: Any, left: int) -> None:
    found = left_of(Told(ADDRESS, posts=posts, used=used))
    assert found == Allowance(left, 25, timedelta(hours=1), "counted by the network")


def test_a_shorter_window_is_believed_as_long_as_it_lasts() -> None:
    found = left_of(Told(ADDRESS, posts=(5, 60), used=5))
    assert found == Allowance(0, 5, timedelta(minutes=1), "counted by the network")


@pytest.mark.parametrize(
    ("posts", "used"), [(None, 5), ((0, 60), 5), ((25, 60), None), ((25, 60), -1), ((25, 60), True)]
)
def test_a_count_that_makes_no_sense_is_none(posts: Any, used: Any) -> None:
    assert left_of(Told(ADDRESS, posts=posts, used=used)) is None


def test_media_types_of_no_picture_leave_those_of_the_papers() -> None:
    assert told(mimes=("audio/ogg", 5, "image/" + "x" * 90, "video/" + "x" * 90)) == {}
    rules = with_told(RULES, told(mimes=("image/x-rare",)), DAY)
    assert rules.pictures is not None
    assert RULES.pictures is not None
    assert rules.pictures.mimes == RULES.pictures.mimes


def test_a_servers_word_on_videos_stands_before_the_papers() -> None:
    assert RULES.videos is not None
    said = told(video_bytes=41_943_040, alt=420, mimes=("video/mp4", "video/x-rare", "image/png"))
    videos = with_told(RULES, said, DAY).videos
    assert videos is not None
    assert (videos.bytes_at_most, videos.alt_at_most, videos.mimes) == (41_943_040, 420, ("video/mp4",))
    assert (videos.source.address, videos.source.told) == (ADDRESS, True)
    assert with_told(RULES, told(mimes=("video/x-rare",)), DAY).videos == RULES.videos
    assert with_told(get("web_feed").rules, said, DAY).videos is None


def test_a_network_that_takes_no_descriptions_takes_none_by_being_told() -> None:
    plain = get("bluesky").rules
    assert with_told(plain, told(text=500), DAY).text[1] == plain.text[1]
    assert with_told(plain, told(link=9), DAY).link == plain.link


def test_composer_and_check_hold_a_text_to_what_the_server_takes() -> None:
    long = post("x" * 700)
    assert [each.reason for each in objections(long, RULES)] == ["The text has 700 characters; this network takes 500."]
    assert objections(long, with_told(RULES, told(text=1000), DAY)) == ()
    assert len(objections(post("x" * 400), with_told(RULES, told(text=300), DAY))) == 1


@pytest.mark.parametrize("instance", [None, [], "x", {}, {"configuration": 5}, {"configuration": {"statuses": []}}])
def test_a_server_that_answers_nonsense_tells_nothing(instance: Any) -> None:
    from stoa.social.networks.mastodon.signing import limits

    assert kept(Told(ADDRESS, **limits(instance))) == {}


def test_what_the_account_may_post_takes_the_place_of_what_the_papers_say_of_posts() -> None:
    source = RULES.text[0].source
    papers = (Rate("posts", 50, 86_400, source), Rate("deletes", 100, 86_400, source, weight=0))
    rules = with_told(replace(RULES, rates=papers), told(posts=(100, 86_400)), DAY)
    assert [(each.what, each.at_most) for each in rules.rates] == [("posts", 100), ("deletes", 100)]
    assert with_told(replace(RULES, rates=papers), told(text=900), DAY).rates == papers
