"""What is X's own: its requests, descriptions of pictures, what stands there already, what it costs, its troubles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Expired,
    Gone,
    Line,
    NotSent,
    Outgoing,
    Picture,
    Published,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.x_twitter import listening, texts, wire
from stoa.social.networks.x_twitter.connector import CONNECTOR
from stoa.social.networks.x_twitter.tests.rehearsal import OWN, REFRESH, STRANGER, SmallX, said

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n--not-a-boundary", "image/png", "Eine Lampe, „hell“ – 灯", 8, 8)
POST = Outgoing("Zips can be saved & mended <3", "key-1", MADE, MADE)


@pytest.fixture
def server() -> SmallX:
    return SmallX()


@pytest.fixture
def line(server: SmallX) -> Line:
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH}
    return Line(server, CONNECTOR.connect(answers, http=server)[1].credentials)


class Sent(SmallX):
    """Keeps each call that goes out."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.calls: list[tuple[str, str, Any]] = []

    def request(self, method: str, url: str, **more: Any) -> Any:
        self.calls.append((method, url, more.get("json")))
        return super().request(method, url, **more)


def test_requests_are_the_documented_ones() -> None:
    server = Sent()
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH}
    over = Line(server, CONNECTOR.connect(answers, http=server)[1].credentials)
    first = CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=over)
    CONNECTOR.reply(replace(POST, text="Second part", answers=first.id, key="key-2"), over=over)
    CONNECTOR.delete(first.id, over=over)
    upload, described, made, answered, deleted = server.calls[2:]
    media = next(iter(server.media))
    assert upload[:2] == ("POST", "https://api.x.com/2/media/upload")
    assert described == (
        "POST", "https://api.x.com/2/media/metadata", {"id": media, "metadata": {"alt_text": {"text": LAMP.alt}}},
    )  # fmt: skip
    assert made == ("POST", "https://api.x.com/2/tweets", {"text": POST.text, "media": {"media_ids": [media]}})
    assert answered[2] == {"text": "Second part", "reply": {"in_reply_to_tweet_id": first.id}}
    assert deleted[:2] == ("DELETE", f"https://api.x.com/2/tweets/{first.id}")


def test_pictures_go_with_every_byte_and_their_description(server: SmallX, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP, replace(LAMP, alt=""))), over=line)
    kept = list(server.media.values())
    assert kept[0] == {"bytes": LAMP.content, "category": "tweet_image", "mime": "image/png", "alt": LAMP.alt}
    assert kept[1] == {"bytes": LAMP.content, "category": "tweet_image", "mime": "image/png"}
    assert next(iter(server.posts.values()))["media"] == list(server.media)


def test_a_gif_goes_alone(server: SmallX, line: Line) -> None:
    moving = replace(LAMP, mime="image/gif")
    with pytest.raises(Refused) as refused:
        CONNECTOR.publish(replace(POST, pictures=(LAMP, moving)), over=line)
    assert refused.value.mend == "Take the GIF out, or send it alone."
    assert (server.media, server.posts) == ({}, {})
    CONNECTOR.publish(replace(POST, pictures=(moving,)), over=line)
    assert [each["category"] for each in server.media.values()] == ["tweet_gif"]


@pytest.mark.parametrize("answer", [Reply(500), Reply(200, b"{}"), Reply(200, b'{"data": {"id": "../7"}}')])
def test_a_picture_that_was_not_stored_proves_that_nothing_was_sent(server: SmallX, line: Line, answer: Reply) -> None:
    server.keep = lambda *_: answer  # type: ignore[method-assign, assignment]
    with pytest.raises(NotSent):
        CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    assert server.posts == {}


def test_words_that_stand_there_already_are_looked_up_first(server: SmallX, line: Line) -> None:
    """An answer got lost, the same post goes out again: X says duplicate, and it is ours."""
    made = CONNECTOR.publish(POST, over=line)
    assert CONNECTOR.publish(POST, over=line).id == made.id
    later = replace(POST, key="key-2", made_at=datetime(2026, 3, 2, tzinfo=UTC))
    with pytest.raises(Refused) as refused:
        CONNECTOR.publish(later, over=line)
    assert (refused.value.reason, len(server.posts)) == ("X says that you have posted these words already.", 1)


def test_a_post_is_found_by_the_code_of_its_link_also_when_x_has_shortened_it(line: Line) -> None:
    with_link = replace(POST, text="See https://stoa.example/l/abcdefgh?x=1&y=2", marker="abcdefgh")
    made = CONNECTOR.publish(with_link, over=line)
    for number in range(105):
        CONNECTOR.publish(replace(POST, text=f"Post {number}", key=f"k{number}"), over=line)
    found = CONNECTOR.settle(with_link, over=line)
    assert isinstance(found, Published)
    assert (found.id, found.at) == (made.id, datetime(2026, 3, 1, 12, 0, 1, tzinfo=UTC))
    assert CONNECTOR.settle(replace(with_link, marker="zzzzzzzz"), over=line) == Absent()


def test_so_many_posts_that_looking_would_cost_too_much_are_no_proof(line: Line) -> None:
    for number in range(301):
        CONNECTOR.publish(replace(POST, text=f"Post {number}", key=f"k{number}"), over=line)
    with pytest.raises(TryLater):
        CONNECTOR.settle(replace(POST, text="Not among them"), over=line)


def test_without_a_link_it_is_the_same_words_in_the_same_place(server: SmallX, line: Line) -> None:
    post = CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    answer = CONNECTOR.reply(replace(POST, answers=post.id, key="key-2"), over=line)
    found = [CONNECTOR.settle(replace(POST, answers=each), over=line) for each in ("", post.id, "77")]
    assert [getattr(each, "id", "") for each in found] == [post.id, answer.id, ""]


def test_who_has_not_named_us_is_not_answered(server: SmallX, line: Line) -> None:
    theirs = server.post(STRANGER, "Zips are hard", "", [])
    with pytest.raises(Refused) as refused:
        CONNECTOR.reply(replace(POST, answers=theirs["id"]), over=line)
    assert refused.value.mend == "Answer in X’s own app, or wait until they name or quote the account."


def test_a_long_silence_is_caught_up_page_by_page_without_gap(server: SmallX, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(made.id, "the first")
    cursor = CONNECTOR.listen("", over=line).cursor
    theirs = [server.overhear(made.id, f"answer {number}") for number in range(230)]
    heard: list[str] = []
    more = True
    while more:
        page = CONNECTOR.listen(cursor, over=line)
        heard += [each.id for each in page.items]
        cursor, more = page.cursor, page.more
    assert set(theirs) <= set(heard)
    assert len(heard) == len(set(heard))
    assert ":" not in cursor


def test_the_first_look_ever_costs_little(server: SmallX, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    theirs = [server.overhear(made.id, f"answer {number}") for number in range(30)]
    page = CONNECTOR.listen("", over=line)
    assert ({each.id for each in page.items}, page.more) == (set(theirs[-10:]), False)


def test_quotes_of_ours_are_quotes_and_what_answers_others_is_a_mention(server: SmallX, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    quote = server.post(STRANGER, "Look, @porch", "", [])
    quote["referenced_posts"] = [{"type": "quoted", "id": made.id}]
    elsewhere = server.post(STRANGER, "A zip", "", [])
    aside = server.post(STRANGER, "ask @porch &amp; co", elsewhere["id"], [])
    heard = {each.id: each for each in CONNECTOR.listen("", over=line).items}
    assert [(heard[each["id"]].kind, heard[each["id"]].about) for each in (quote, aside)] == [
        ("quote", made.id),
        ("mention", ""),
    ]
    assert (heard[aside["id"]].in_reply_to, heard[aside["id"]].root) == (elsewhere["id"], elsewhere["id"])


def test_one_look_reads_a_hundred_numbers(server: SmallX, line: Line) -> None:
    ids = [CONNECTOR.publish(replace(POST, text=f"Post {n}", key=f"k{n}"), over=line).id for n in range(101)]
    server.asked.clear()
    told = CONNECTOR.measure(ids, over=line)
    assert (len(server.asked), len(told.readings), told.missing) == (2, 101 * len(CONNECTOR.measures), ())


def test_an_older_name_of_a_number_is_read_too() -> None:
    from stoa.social.networks.x_twitter.connector import reading

    assert reading("1", "reposts", {"public_metrics": {"retweet_count": 3}}).value == 3
    assert reading("1", "reposts", {"public_metrics": {"retweet_count": True}}).value == NOT_OFFERED
    assert reading("1", "impressions", {"public_metrics": {"impression_count": 10**40}}).value == NOT_OFFERED


def test_each_renewal_gives_another_refresh_token(server: SmallX, line: Line) -> None:
    first = CONNECTOR.refresh(over=line)
    assert first.credentials["refresh"] != line.credentials["refresh"]
    assert first.fresh_until == datetime(2026, 3, 1, 14, tzinfo=UTC)
    with pytest.raises(Reconnect):
        CONNECTOR.refresh(over=line)
    assert CONNECTOR.refresh(over=Line(server, first.credentials)).credentials["account"] == OWN


def test_what_it_costs_is_said_before(line: Line) -> None:
    assert CONNECTOR.rules.cost(with_link=False).amount == Decimal("0.015")  # type: ignore[union-attr]
    assert CONNECTOR.rules.cost(with_link=True, described=4).amount == Decimal("0.220")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("status", "body", "headers", "trouble", "words"),
    [
        (401, {"title": "Unauthorized"}, {}, Expired, "no longer accepts"),
        (402, {"title": "CreditsDepleted", "detail": "No credits."}, {}, Refused, "No credits."),
        (403, {"type": "https://api.x.com/2/problems/usage-capped", "title": "Usage cap"}, {}, Refused, "Usage cap"),
        (429, {"title": "Too Many Requests"}, {"x-rate-limit-reset": "1772366700"}, TryLater, "slow down"),
        (403, {"detail": "You are not permitted to perform this action."}, {}, Refused, "not permitted"),
        (403, {"detail": "Your account is temporarily locked."}, {}, Reconnect, "locked this account"),
        (
            403,
            {"detail": "You attempted to reply to a Tweet that is deleted or not visible to you."},
            {},
            Gone,
            "not there",
        ),
        (404, {"title": "Not Found Error", "detail": "Could not find it."}, {}, Gone, "Could not"),
        (
            400,
            {"errors": [{"message": "text is too long"}], "title": "Invalid Request"},
            {},
            Refused,
            "text is too long",
        ),
        (403, [], {}, Unknown, "403"),
        (500, {"detail": "duplicate content"}, {}, Unknown, "500"),
        (200, [], {}, Unknown, "could not be read"),
    ],
)
def test_each_answer_is_the_one_trouble_that_it_is(
    status: int, body: Any, headers: dict[str, str], trouble: type[Trouble], words: str
) -> None:
    with pytest.raises(trouble) as caught:
        wire.answer_of(said(status, body, headers))
    assert words in caught.value.reason
    assert type(caught.value) is trouble


def test_a_window_of_rates_ends_by_xs_own_clock() -> None:
    with pytest.raises(TryLater) as caught:
        wire.answer_of(said(429, {}, {"x-rate-limit-reset": "1772366700"}))
    assert caught.value.after == 300
    assert wire.patience({"x-rate-limit-reset": "nan"}) == 60
    assert wire.patience({"x-rate-limit-reset": "9" * 40}) == 60


@pytest.mark.parametrize(
    "post",
    [7, {}, {"id": 5}, {"id": "../../x", "author_id": STRANGER}, {"id": "9" * 30, "author_id": STRANGER},
     {"id": "11", "author_id": STRANGER, "text": 5, "entities": {"urls": [3, {"url": "a", "expanded_url": "javascript:x"}]},
      "created_at": "0000", "referenced_posts": [4, {"type": [], "id": {}}], "display_text_range": ["x"], "lang": []}],
)  # fmt: skip
def test_what_is_not_as_documented_stops_nothing(server: SmallX, line: Line, post: Any) -> None:
    sound = {"id": "12", "author_id": STRANGER, "text": "@porch hello", "created_at": "2026-03-01T12:00:00.000Z"}
    body = {
        "data": [post, sound],
        "includes": {"users": [server.user(STRANGER), 5, {"id": STRANGER, "username": {}}][:2]},
        "meta": 5,
    }
    server.page = lambda *_: said(200, body)  # type: ignore[method-assign]
    heard = CONNECTOR.listen("", over=line).items
    assert heard[-1].id == "12"
    assert all(each.text in ("@porch hello", "") for each in heard)


def test_words_come_back_as_they_were_written() -> None:
    post = {
        "text": "@porch @rosa 5 &lt; 6 &amp;amp; https://t.co/a https://t.co/b",
        "display_text_range": [13, 40],
        "referenced_posts": [{"type": "replied_to", "id": "1"}],
        "entities": {"urls": [
            {"url": "https://t.co/a", "expanded_url": "https://stoa.example/x"},
            {"url": "https://t.co/b", "expanded_url": "https://x.com/porch/status/1/photo/1"},
        ]},
    }  # fmt: skip
    assert texts.plain(post) == "5 < 6 &amp; https://stoa.example/x"
    assert texts.plain({**post, "display_text_range": [30, 40]}).startswith("@porch @rosa 5 <")


def test_an_account_without_a_name_is_not_opened(server: SmallX) -> None:
    server.user = lambda _: {"id": OWN}  # type: ignore[method-assign]
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH}
    with pytest.raises(TryLater):
        CONNECTOR.connect(answers, http=server)
    assert listening.account_of({"id": "x", "profile_image_url": "javascript:1"}).avatar == ""
