"""What is Slack's own: words that format nothing, keys as metadata, pictures shared later, threads, its errors, talk among others."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.protocol import (
    Absent,
    Line,
    NotSent,
    Outgoing,
    Pending,
    Picture,
    Published,
    Trouble,
    TryLater,
)
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.slack import listening, wire
from stoa.social.networks.slack.connector import CONNECTOR
from stoa.social.networks.slack.tests.rehearsal import BOT, ROOM, ROSA, TEAM, TOKEN, SmallServer, done

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp", "image/png", "Eine Lampe, „hell“ & warm – 灯", 8, 8)
POST = Outgoing("Zips can be saved.", "0abckey", MADE, MADE)
FIRST = "1772366401.000001"


@pytest.fixture
def server() -> SmallServer:
    return SmallServer()


@pytest.fixture
def line(server: SmallServer) -> Line:
    _account, granted = CONNECTOR.connect({"token": TOKEN, "channel": ROOM}, http=server)
    server.asked.clear()
    return Line(server, granted.credentials)


def test_the_request_is_the_documented_one_with_our_key_beside_it(server: SmallServer, line: Line) -> None:
    text = "Nine *stars* & <!channel> at https://stoa.example/l/abcdefgh."
    made = CONNECTOR.publish(replace(POST, text=text, link="https://stoa.example/l/abcdefgh"), over=line)
    link = "https://stoa.example/l/abcdefgh"
    assert server.asked == [
        (
            "chat.postMessage",
            {
                "channel": ROOM,
                "text": "Nine *stars* &amp; &lt;!channel&gt; at https://stoa.example/l/abcdefgh.",
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "text", "text": "Nine *stars* & <!channel> at "},
                                    {"type": "link", "url": link, "text": link},
                                    {"type": "text", "text": "."},
                                ],
                            }
                        ],
                    }
                ],
                "metadata": {"event_type": "stoa_post", "event_payload": {"key": "0abckey"}},
                "unfurl_links": True,
                "unfurl_media": False,
            },
        )
    ]
    address = f"https://guild.slack.com/archives/{ROOM}/p1772366401000001"
    assert isinstance(made, Published)
    assert (made.id, made.address) == (FIRST, address)


def test_pictures_are_stored_with_every_byte_and_their_description_and_the_message_is_found_later(
    server: SmallServer, line: Line
) -> None:
    post = replace(POST, pictures=(LAMP, replace(LAMP, alt="", mime="image/jpeg")))
    pending = CONNECTOR.publish(post, over=line)
    assert pending == Pending("F1+F2", 5.0)
    kept = [(each["name"], each["alt"], each["bytes"], int(each["length"])) for each in server.files.values()]
    assert kept == [
        ("0abckey-1.png", LAMP.alt, LAMP.content, len(LAMP.content)),
        ("0abckey-2.jpg", "", LAMP.content, len(LAMP.content)),
    ]
    called, brought = server.asked[-1]
    assert (called, brought["channel_id"], brought["files"]) == (
        "files.completeUploadExternal",
        ROOM,
        [{"id": "F1", "title": LAMP.alt}, {"id": "F2", "title": "Picture 2"}],
    )
    found = CONNECTOR.settle(replace(post, pictures=()), over=line, handle="F1+F2")
    assert isinstance(found, Published)
    assert found.id == next(iter(server.messages))


def test_pictures_whose_answer_was_lost_are_found_by_the_names_of_their_files(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    assert isinstance(CONNECTOR.settle(replace(POST, text="Words that Slack changed"), over=line), Published)
    assert CONNECTOR.settle(replace(POST, text="Nobody sent this", key="other"), over=line) == Absent()


@pytest.mark.parametrize("place", ["http://uploads.slack.com/x", "https://uploads.slack.com.evil.example/x", ""])
def test_pictures_go_nowhere_but_to_slack(server: SmallServer, line: Line, place: str) -> None:
    server.on_files_getUploadURLExternal = lambda brought: done(upload_url=place, file_id="F1")  # type: ignore[method-assign]
    with pytest.raises(NotSent):
        CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    assert server.messages == {}


def test_the_same_words_twice_are_told_apart_by_the_key(server: SmallServer, line: Line) -> None:
    first, second = CONNECTOR.publish(POST, over=line), CONNECTOR.publish(replace(POST, key="second"), over=line)
    assert CONNECTOR.settle(POST, over=line) == first
    assert CONNECTOR.settle(replace(POST, key="second"), over=line) == second
    assert CONNECTOR.settle(replace(POST, key="third"), over=line) == Absent()


def test_a_message_is_found_among_many_and_not_called_absent_when_looking_merely_stopped(
    server: SmallServer, line: Line
) -> None:
    made = CONNECTOR.publish(POST, over=line)
    for number in range(230):
        server.keep({"user": ROSA, "text": f"Talk {number}"})
    assert CONNECTOR.settle(POST, over=line) == made
    for number in range(500):
        server.keep({"user": ROSA, "text": f"Talk {number}"})
    with pytest.raises(TryLater):
        CONNECTOR.settle(POST, over=line)


def test_an_answer_stands_in_its_thread_and_is_found_there(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert isinstance(made, Published)
    theirs = server.overhear(made.id, "How?")
    answer = replace(POST, text="Like this.", key="answer", answers=theirs)
    sent = CONNECTOR.reply(answer, over=line)
    assert isinstance(sent, Published)
    assert server.messages[sent.id]["thread_ts"] == made.id
    assert sent.address.endswith(f"?thread_ts={made.id}&cid={ROOM}")
    assert CONNECTOR.settle(answer, over=line) == sent


def test_an_edit_changes_the_words(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert isinstance(made, Published)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips < mended"), over=line)
    assert (server.messages[made.id]["text"], changed.version, changed.id) == (
        "Zips &lt; mended",
        "1772370000.000000",
        made.id,
    )


def test_taken_down_with_the_files_that_came_with_it(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    ts = next(iter(server.messages))
    CONNECTOR.delete(ts, over=line)
    assert (server.messages, server.files) == ({}, {})


def test_what_stands_as_a_tombstone_does_not_stand(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert isinstance(made, Published)
    server.messages[made.id]["subtype"] = "tombstone"
    assert not CONNECTOR.stands(made.id, over=line)


def test_only_what_is_for_us_is_heard(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert isinstance(made, Published)
    other = server.keep({"user": ROSA, "text": "Talk among others"})["ts"]
    server.keep({"user": ROSA, "text": "below another's", "thread_ts": other})
    server.keep({"user": "U0OTHER", "bot_id": "B9", "text": f"<@{BOT}> says a program"})
    server.keep({"user": ROSA, "text": f"<@{BOT}> has joined", "subtype": "channel_join"})
    mention = server.keep({"user": ROSA, "text": f"Hello <@{BOT}>, see <https://a.example/?a=1&amp;b=2|a> &lt;3"})["ts"]
    theirs = server.overhear(made.id, "How do I join?")
    heard = {each.id: each for each in CONNECTOR.listen("", over=line).items}
    assert set(heard) == {mention, theirs}
    assert (heard[mention].kind, heard[mention].text) == (
        "mention",
        "Hello @guildbot, see https://a.example/?a=1&b=2 <3",
    )
    assert (heard[theirs].kind, heard[theirs].about) == ("reply", made.id)
    author = heard[theirs].author
    assert (author.id, author.handle, author.name) == (f"{TEAM}/{ROSA}", "rosa", "Rosa")


def test_an_answer_below_an_old_message_is_heard_and_each_once_more_at_most(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert isinstance(made, Published)
    for number in range(150):
        server.keep({"user": ROSA, "text": f"Talk {number}"})
    cursor = CONNECTOR.listen("", over=line).cursor
    assert CONNECTOR.listen(cursor, over=line).items == ()
    server.largest = 200
    theirs = server.overhear(made.id, "Late")
    page = CONNECTOR.listen(cursor, over=line)
    assert [each.id for each in page.items] == [theirs]
    assert CONNECTOR.listen(page.cursor, over=line).items == ()


def test_what_is_said_while_it_listens_is_heard_by_the_next_call(server: SmallServer, line: Line) -> None:
    first, second = CONNECTOR.publish(POST, over=line), CONNECTOR.publish(replace(POST, key="2"), over=line)
    assert isinstance(first, Published)
    assert isinstance(second, Published)
    for made in (first, second):
        server.overhear(made.id, "Early")
    asked, late = server.on_conversations_replies, []

    def meanwhile(brought: Any) -> Reply:
        answer = asked(brought)
        if not late:
            late.append(server.overhear(brought["ts"], "Meanwhile"))
        return answer

    server.on_conversations_replies = meanwhile  # type: ignore[method-assign]
    page = CONNECTOR.listen("", over=line)
    assert late[0] not in {each.id for each in page.items}
    assert late[0] in {each.id for each in CONNECTOR.listen(page.cursor, over=line).items}


@pytest.mark.parametrize(
    "message",
    [7, {}, {"ts": "zz"}, {"ts": 5, "user": ROSA}, {"ts": "1772366499.000001", "user": [], "text": f"<@{BOT}>"},
     {"ts": "1772366499.000001", "user": ROSA, "text": {}, "edited": 3, "thread_ts": 4, "latest_reply": {}},
     {"ts": "1772366499.000001", "user": BOT, "text": "", "latest_reply": "~", "reactions": "no"}],
)  # fmt: skip
def test_what_is_not_as_documented_stops_nothing(server: SmallServer, line: Line, message: Any) -> None:
    sound = {"ts": "1772366400.000009", "user": ROSA, "text": f"<@{BOT}> hello"}
    server.on_conversations_history = lambda brought: done(messages=[message, sound], response_metadata=7)  # type: ignore[method-assign]
    page = CONNECTOR.listen("", over=line)
    assert [each.id for each in page.items] == [sound["ts"]]
    assert len(page.cursor) == 17


def test_reactions_and_answers_are_counted(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert isinstance(made, Published)
    server.overhear(made.id, "One")
    server.messages[made.id]["reactions"] = [{"name": "tada", "count": 3}, {"name": "eyes", "count": 1}]
    values = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert values == {"likes": 4, "replies": 1, "reach": "not offered"}


def test_a_take_down_that_broke_off_is_finished_by_the_next(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP, LAMP)), over=line)
    ts = next(iter(server.messages))
    whole, tried = server.on_files_delete, list[str]()

    def breaks(brought: Any) -> Reply:
        tried.append(brought["file"])
        return Reply(503) if len(tried) == 2 else whole(brought)

    server.on_files_delete = breaks  # type: ignore[method-assign]
    with pytest.raises(Trouble):
        CONNECTOR.delete(ts, over=line)
    assert (len(server.files), ts in server.messages) == (1, True)
    CONNECTOR.delete(ts, over=line)
    assert (server.files, server.messages) == ({}, {})


@pytest.mark.parametrize("said", ["inf", "nan"])
def test_a_wait_that_never_ends_is_not_believed(said: str) -> None:
    assert wire.patience({"Retry-After": said}) == 60


def test_names_are_asked_for_no_longer_once_slack_wants_patience(server: SmallServer, line: Line) -> None:
    server.asked.clear()
    people = listening.People()
    whole = server.request
    server.request = lambda *_, **__: Reply(429, b"", {"retry-after": "9"})  # type: ignore[method-assign]
    assert listening.person("U1", line, people).handle == "U1"
    server.request = whole  # type: ignore[method-assign]
    assert listening.person("U2", line, people).handle == "U2"
    assert server.asked == []
