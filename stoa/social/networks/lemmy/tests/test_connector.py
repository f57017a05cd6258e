"""What is Lemmy's own: a title out of the first line, Markdown, pictures, comments, two inboxes, its errors by name."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.lemmy import listening, wire
from stoa.social.networks.lemmy.connector import CONNECTOR
from stoa.social.networks.lemmy.tests.rehearsal import ANSWERS, CLOSED, GUILD, REPAIR, ROSA, SERVER, TOKEN, SmallServer
from stoa.social.networks.lemmy.texts import markdown, same
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Gone,
    Line,
    Outgoing,
    Picture,
    Reconnect,
    Refused,
    Seen,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Reply

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp \r\n--not-a-boundary", "image/png", "Eine Lampe, „hell“ – 灯 [1]", 8, 8)
POST = Outgoing("Zips can be saved.\n\nBring yours.\nOn Saturday.", "key-1", MADE, MADE)


@pytest.fixture
def server() -> SmallServer:
    return SmallServer()


@pytest.fixture
def line(server: SmallServer) -> Line:
    return Line(server, {"server": SERVER, "token": TOKEN, "person": str(GUILD), "community": str(REPAIR)})


def test_a_post_has_the_first_line_as_its_title_and_keeps_its_line_breaks(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    post = server.posts[1]
    assert (post["name"], post["body"]) == ("Zips can be saved.", "Bring yours.  \nOn Saturday.")
    assert (made.id, made.address) == ("post/1", "https://lemmy.test/post/1")


def test_a_text_without_a_title_is_refused_before_anything_is_sent(server: SmallServer, line: Line) -> None:
    for text in ("Hi", "", "\n\n", "ok\n\nA long text below."):
        with pytest.raises(Refused) as caught:
            CONNECTOR.publish(replace(POST, text=text, pictures=(LAMP,)), over=line)
        assert "title" in caught.value.reason
        assert caught.value.mend
    assert (server.posts, server.pictures) == ({}, {})


def test_a_link_is_what_the_post_leads_to(server: SmallServer, line: Line) -> None:
    link = "https://stoa.example/l/abcdefgh"
    CONNECTOR.publish(replace(POST, text=f"Come\n\n{link}", link=link), over=line)
    assert (server.posts[1]["url"], server.posts[1]["body"]) == (link, link)


def test_the_first_picture_is_the_posts_own_and_the_others_stand_below(server: SmallServer, line: Line) -> None:
    CONNECTOR.publish(replace(POST, pictures=(LAMP, LAMP, replace(LAMP, alt=""))), over=line)
    post = server.posts[1]
    assert (post["url"], post["alt_text"]) == (f"{SERVER}/pictrs/image/picture-0.png", LAMP.alt)
    assert post["body"].split("\n\n")[1:] == [
        f"![Eine Lampe, „hell“ – 灯 \\[1\\]]({SERVER}/pictrs/image/picture-1.png)",
        f"![]({SERVER}/pictrs/image/picture-2.png)",
    ]
    assert list(server.pictures.values()) == [LAMP.content] * 3


def test_the_next_part_and_an_answer_are_comments_where_they_belong(server: SmallServer, line: Line) -> None:
    first = CONNECTOR.publish(POST, over=line)
    second = CONNECTOR.publish(replace(POST, text="And more", key="2", answers=first.id), over=line)
    theirs = server.overhear(second.id, "How?")
    answer = CONNECTOR.reply(replace(POST, text="So", key="3", answers=theirs), over=line)
    assert [(each["post_id"], each["path"]) for each in server.comments.values()] == [
        (1, "0.2"),
        (1, "0.2.3"),
        (1, "0.2.3.4"),
    ]
    assert answer.id == "comment/4"


def test_an_edit_changes_title_and_words_and_keeps_every_picture(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP, LAMP)), over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended.\n\nCome."), over=line)
    post = server.posts[1]
    assert post["name"] == "Zips can be mended."
    assert post["body"] == f"Come.\n\n![Eine Lampe, „hell“ – 灯 \\[1\\]]({SERVER}/pictrs/image/picture-1.png)"
    assert (post["url"], changed.version) == (f"{SERVER}/pictrs/image/picture-0.png", "2026-03-01T13:00:00Z")


def test_a_post_is_found_again_by_its_link_or_its_words_in_this_community_alone(
    server: SmallServer, line: Line
) -> None:
    linked = replace(POST, text="See\n\nhttps://stoa.example/l/abcdefgh", marker="abcdefgh")
    first, second = CONNECTOR.publish(linked, over=line), CONNECTOR.publish(POST, over=line)
    for _ in range(60):
        server.post_post({"name": "Something else", "community_id": CLOSED})
    assert CONNECTOR.settle(linked, over=line) == first
    assert CONNECTOR.settle(POST, over=line) == second
    elsewhere = Line(server, {**line.credentials, "community": str(CLOSED)})
    assert CONNECTOR.settle(POST, over=elsewhere) == Absent()
    later = replace(POST, made_at=datetime(2026, 3, 2, tzinfo=UTC))
    assert CONNECTOR.settle(later, over=line) == Absent()


def test_an_answer_is_found_again_under_what_it_answers_alone(server: SmallServer, line: Line) -> None:
    one, two = CONNECTOR.publish(POST, over=line), CONNECTOR.publish(replace(POST, text="Another"), over=line)
    answer = replace(POST, text="Thank you", answers=one.id)
    made = CONNECTOR.reply(answer, over=line)
    assert CONNECTOR.settle(answer, over=line) == made
    assert isinstance(CONNECTOR.settle(replace(answer, answers=two.id), over=line), Absent)


def test_a_post_is_not_called_absent_when_looking_merely_stopped(server: SmallServer, line: Line) -> None:
    for _ in range(251):
        server.post_post({"name": "Something else", "community_id": REPAIR})
    with pytest.raises(TryLater):
        CONNECTOR.settle(POST, over=line)


def test_our_own_upvote_is_no_upvote(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(server.overhear(made.id, "One"), "Two")
    told = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert told == {"likes": 0, "downvotes": 0, "replies": 2, "reach": NOT_OFFERED}


def test_answers_and_mentions_are_heard_once_and_page_by_page(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    server.overhear(made.id, "the first")
    cursor = CONNECTOR.listen("", over=line).cursor
    theirs = {server.overhear(made.id, f"answer {number}") for number in range(120)}
    both = server.replies[-1]  # answers and mentions us
    server.mentions.append({**both, "person_mention": {"id": 7}})
    heard = CONNECTOR.listen(cursor, over=line)
    assert {each.id for each in heard.items} == theirs
    assert {each.kind for each in heard.items} == {"reply"}
    assert len(heard.items) == 120
    assert heard.cursor == "121,7"
    assert CONNECTOR.listen(heard.cursor, over=line).items == ()


def test_what_was_taken_back_is_not_heard(server: SmallServer, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    theirs = server.overhear(made.id, "Oh no")
    server.comments[int(theirs.partition("/")[2])]["deleted"] = True
    assert CONNECTOR.listen("", over=line).items == ()


@pytest.mark.parametrize(
    "notice",
    [
        {},
        {"comment": {"id": "7"}, "post": {"id": 1}, "creator": {"actor_id": "x"}},
        {"comment": {"id": 10**30}, "post": {"id": 1}, "creator": {"actor_id": "x"}},
        {"comment": {"id": 7, "path": 3}, "post": {"id": True}, "creator": {"actor_id": "x"}},
        {"comment": {"id": 7}, "post": {"id": 1}, "creator": []},
    ],
)
def test_what_is_not_formed_as_it_should_be_is_not_heard(notice: Any, line: Line) -> None:
    assert listening.heard("reply", notice, line) is None


def test_a_stranger_is_known_by_the_same_address_everywhere() -> None:
    told = {"id": 3, "name": "rosa", "actor_id": "https://other.test/u/rosa", "display_name": None}
    account = listening.account_of(told)
    assert (account.id, account.handle, account.name) == ("https://other.test/u/rosa", "rosa@other.test", "rosa")
    assert ROSA != GUILD


@pytest.mark.parametrize(
    "typed", ["!repair@lemmy.test", "repair", "https://lemmy.test/c/repair", "lemmy.test/c/repair/"]
)
def test_a_community_is_known_by_its_name_or_its_address(typed: str, server: SmallServer) -> None:
    account, granted = CONNECTOR.connect({**ANSWERS, "community": typed}, http=server)
    assert (account.id, account.handle, account.name) == (f"{SERVER}/c/repair", "repair@lemmy.test", "Repair")
    assert granted.credentials == {"server": SERVER, "token": TOKEN, "person": "11", "community": "5"}


@pytest.mark.parametrize("typed", ["closed", "nowhere", "a/b", "!"])
def test_what_is_no_community_is_refused_with_a_mend(typed: str, server: SmallServer) -> None:
    with pytest.raises(Refused) as caught:
        CONNECTOR.connect({**ANSWERS, "community": typed}, http=server)
    assert caught.value.mend


def test_an_account_with_a_second_factor_is_told_so(server: SmallServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "sign_in", lambda _: Reply(400, b'{"error": "missing_totp_token"}'))
    with pytest.raises(Refused, match="code"):
        CONNECTOR.connect(ANSWERS, http=server)


@pytest.mark.parametrize(
    ("status", "body", "trouble"),
    [
        (401, {"error": "incorrect_login"}, Reconnect),
        (400, {"error": "not_logged_in"}, Reconnect),
        (400, {"error": "site_ban"}, Reconnect),
        (400, {"error": "banned_from_community"}, Refused),
        (400, {"error": "couldnt_find_post"}, Gone),
        (400, {"error": "deleted"}, Gone),
        (400, {"error": "invalid_post_title"}, Refused),
        (400, {"error": "locked"}, Refused),
        (400, {"error": "rate_limit_error"}, TryLater),
        (429, {}, TryLater),
        (400, {}, Unknown),
        (502, "<html>", Unknown),
    ],
)
def test_each_answer_means_one_thing(status: int, body: Any, trouble: type[Trouble]) -> None:
    with pytest.raises(trouble) as caught:
        wire.answer_of(Reply(status, json.dumps(body).encode()))
    assert type(caught.value) is trouble


@pytest.mark.parametrize(
    ("address", "seen"),
    [
        ("https://lemmy.test/post/123", Seen("post/123")),
        ("https://lemmy.test/comment/7/", Seen("comment/7")),
        ("https://lemmy.test/c/repair", None),
    ],
)
def test_an_address_tells_the_post(address: str, seen: Seen | None) -> None:
    assert CONNECTOR.recognise(address) == seen


def test_words_are_the_same_whatever_became_of_their_breaks() -> None:
    assert same(markdown("a\nb\n\nc", [("https://x.test/1.png", "d]")]), "a\nb\n\nc")
    assert not same("a b", "a c")


def test_a_text_as_long_as_a_comment_may_be_is_taken_and_a_longer_one_is_not(server: SmallServer, line: Line) -> None:
    first = CONNECTOR.publish(replace(POST, text="👩" * 5000), over=line)
    CONNECTOR.reply(replace(POST, text="👩" * 5000, answers=first.id), over=line)
    with pytest.raises(Refused):
        CONNECTOR.publish(replace(POST, text="👩" * 5000 + "x"), over=line)
    assert (len(server.posts), len(server.comments)) == (1, 1)


def test_what_is_taken_down_says_whether_its_pictures_stay(server: SmallServer, line: Line) -> None:
    shown = replace(POST, pictures=(LAMP,))
    first = CONNECTOR.publish(POST, over=line)
    answer = CONNECTOR.reply(replace(shown, answers=first.id), over=line)
    made = [
        answer,
        CONNECTOR.publish(shown, over=line),
        CONNECTOR.publish(replace(POST, link=SERVER), over=line),
        first,
    ]
    said = [CONNECTOR.delete(each.id, over=line).answer for each in made]
    assert ["pictures stay on the server" in each for each in said] == [True, True, False, False]
