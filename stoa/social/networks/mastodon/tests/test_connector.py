"""What is Mastodon's own: its count, its HTML, its media with descriptions, its errors, looking a post up without its key."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pytest

from stoa.social.networks.counting import fediverse
from stoa.social.networks.mastodon import wire
from stoa.social.networks.mastodon.connector import CONNECTOR
from stoa.social.networks.mastodon.tests.rehearsal import SERVER, TOKEN, SmallServer
from stoa.social.networks.mastodon.texts import plain
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Gone,
    Line,
    Outgoing,
    Picture,
    Published,
    Reconnect,
    Refused,
    Seen,
    Trouble,
    TryLater,
    Unknown,
    Video,
)
from stoa.social.networks.rehearsing import Reply

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n--not-a-boundary", "image/png", "Eine Lampe, „hell“ – 灯", 8, 8)
POST = Outgoing("Zips can be saved.", "key-1", MADE, MADE)


@pytest.fixture
def server() -> SmallServer:
    return SmallServer()


@pytest.fixture
def line(server: SmallServer) -> Line:
    return Line(server, {"server": SERVER, "token": TOKEN, "account": "101"})


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("zip", 3),
        ("https://stoa.example/a/very/long/path?with=words", 23),
        ("see https://a.b now", 31),
        ("@rosa@mastodon.test hello", 11),
        ("write to rosa@mastodon.test", 27),
        ("👩‍👩‍👧‍👦 é", 3),
    ],
)
def test_it_counts_as_the_server_does(text: str, count: int) -> None:
    assert fediverse(text) == count


def test_html_becomes_the_words_that_were_written() -> None:
    shown = "<p>Hi <span><a href='x'>@<span>guild</span></a></span>, 5 &lt; 6<br />next</p><p>end &amp; <b>all</b></p>"
    assert plain(shown) == "Hi @guild, 5 < 6\nnext\n\nend & all"


def test_pictures_go_with_every_byte_and_their_description(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP, replace(LAMP, alt=""))), over=line)
    shown = next(iter(server.statuses.values()))["media_attachments"]
    assert [(each["description"], each["bytes"]) for each in shown] == [
        (LAMP.alt, len(LAMP.content)),
        ("", len(LAMP.content)),
    ]


def test_an_edit_changes_the_words_and_keeps_the_pictures(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended."), over=line)
    status = server.statuses[made.id]
    assert (plain(status["content"]), len(status["media_attachments"])) == ("Zips can be mended.", 1)
    assert (changed.id, changed.version) == (made.id, "2026-03-01T13:00:00.000Z")


def test_a_post_is_found_by_the_code_of_its_link_also_among_many(line: Line) -> None:
    with_link = replace(POST, text="See https://stoa.example/l/abcdefgh", marker="abcdefgh")
    made = CONNECTOR.publish(with_link, over=line)
    for number in range(95):
        CONNECTOR.publish(replace(POST, text=f"Post {number}", key=f"k{number}"), over=line)
    assert CONNECTOR.settle(with_link, over=line) == made
    assert CONNECTOR.settle(replace(with_link, marker="zzzzzzzz"), over=line) == Absent()


def test_the_same_words_from_before_it_was_made_prove_nothing(line: Line) -> None:
    CONNECTOR.publish(POST, over=line)
    later = datetime(2026, 3, 2, tzinfo=UTC)
    assert CONNECTOR.settle(replace(POST, made_at=later, key="new"), over=line) == Absent()
    assert isinstance(CONNECTOR.settle(POST, over=line), Published)


def test_a_long_silence_is_caught_up_page_by_page_without_gap(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(made.id, "the first")
    cursor = CONNECTOR.listen("", over=line).cursor
    theirs = [server.overhear(made.id, f"answer {number}") for number in range(90)]
    heard: list[str] = []
    more = True
    while more:
        page = CONNECTOR.listen(cursor, over=line)
        heard += [each.id for each in page.items]
        cursor, more = page.cursor, page.more
    assert sorted(heard) == sorted(theirs)


def test_quotes_are_not_offered_by_a_server_that_does_not_count_them(line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    told = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert (told["likes"], told["quotes"], told["reach"]) == (0, NOT_OFFERED, NOT_OFFERED)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (401, {"error": "The access token was revoked"}, Reconnect),
        (403, {"error": "This action is outside the authorized scopes"}, Refused),
        (404, {"error": "Record not found"}, Gone),
        (422, {"error": "Validation failed: Text can't be blank"}, Refused),
        (422, {"error": "Cannot attach files that have not finished processing."}, TryLater),
        (429, {"error": "Too many requests"}, TryLater),
        (404, {}, Unknown),
        (500, {"error": "Something went wrong"}, Unknown),
        (503, {}, Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, body: dict[str, str], trouble: type[Trouble]) -> None:
    import json

    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()))
    assert type(caught.value) is trouble


def test_patience_is_read_from_the_instant_at_which_the_limit_ends() -> None:
    headers = {"Date": "Sun, 01 Mar 2026 12:00:00 GMT", "X-RateLimit-Reset": "2026-03-01T12:04:00.000000Z"}
    assert wire.patience(headers) == 240
    assert wire.patience({"X-RateLimit-Reset": "soon"}) == 60


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://mastodon.test/@guild/1234", Seen("1234", "guild@mastodon.test")),
        ("https://mastodon.test/@rosa@other.test/77/", Seen("77", "rosa@other.test")),
        ("https://mastodon.test/@guild", None),
    ],
)
def test_an_address_tells_post_and_account(address: str, seen: Seen | None) -> None:
    assert CONNECTOR.recognise(address) == seen


def test_what_was_said_to_us_alone_is_not_heard_where_many_answer_in_public(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    for visibility in ("direct", "private", "unlisted"):
        server.overhear(made.id, visibility)
        server.notices[-1]["status"]["visibility"] = visibility
    assert [each.text for each in CONNECTOR.listen("", over=line).items] == ["unlisted"]


def test_an_answer_names_whom_it_answers_once_and_is_found_again(server: SmallServer, line: Line) -> None:
    theirs = server.overhear(CONNECTOR.publish(POST, over=line).id, "How?")
    for number, text in enumerate(("Like this.", "@rosa like this.")):
        answer = replace(POST, text=text, key=f"answer-{number}", answers=theirs)
        made = CONNECTOR.reply(answer, over=line)
        assert plain(server.statuses[made.id]["content"]).lower() == "@rosa like this."
        assert isinstance(CONNECTOR.settle(answer, over=line), Published)


def test_a_post_is_not_called_absent_when_looking_merely_stopped(line: Line) -> None:
    for number in range(201):
        CONNECTOR.publish(replace(POST, text=f"Post {number}", key=f"k{number}"), over=line)
    with pytest.raises(TryLater):
        CONNECTOR.settle(replace(POST, text="Nobody sent this", key="other"), over=line)


def test_two_servers_may_give_the_same_number_to_two_accounts(server: SmallServer) -> None:
    account, granted = CONNECTOR.connect({"server": SERVER, "token": TOKEN}, http=server)
    assert (account.id, granted.credentials["account"]) == ("101@mastodon.test", "101")


def test_hostile_numbers_break_nothing() -> None:
    assert plain("<p>a&#" + "9" * 5000 + ";b</p>") == "a b"


def test_a_corrected_answer_goes_on_naming_whom_it_answers(server: SmallServer, line: Line) -> None:
    first = CONNECTOR.publish(POST, over=line)
    asked = server.overhear(first.id, "Really?")
    answer = replace(POST, text="Yes.", key="key-2", answers=asked)
    made = CONNECTOR.reply(answer, over=line)
    named = plain(wire.read(line, f"v1/statuses/{made.id}")["content"])
    CONNECTOR.edit(made.id, replace(answer, text="Yes!"), over=line)
    assert plain(wire.read(line, f"v1/statuses/{made.id}")["content"]) == named.replace("Yes.", "Yes!")
    assert named.startswith("@")


def test_a_video_that_is_there_no_longer_is_gone_and_one_that_our_post_shows_is_that_post(
    server: SmallServer, line: Line
) -> None:
    film = Video(lambda: BytesIO(b"a porch"), 7, "video/mp4", "A porch", 1080, 1920, 3.0)
    ready = replace(POST, video=film, prepared=CONNECTOR.prepare(replace(POST, video=film), over=line).handle)
    made = CONNECTOR.publish(ready, over=line)
    assert CONNECTOR.publish(replace(ready, key="key-2"), over=line).id == made.id
    other = replace(ready, text="Other words.", key="key-3")
    with pytest.raises(Gone):
        CONNECTOR.publish(other, over=line)
    with pytest.raises(Gone):
        CONNECTOR.publish(replace(other, prepared="77"), over=line)
    assert len(server.statuses) == 1
