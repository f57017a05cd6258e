"""What is LinkedIn's own: its requests, its little text, pages and members, comments, its version, its troubles."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.linkedin import posts, texts, wire
from stoa.social.networks.linkedin.connector import CONNECTOR
from stoa.social.networks.linkedin.tests.rehearsal import MEMBER, PAGE, TOKEN, SmallLinkedIn, said, wrong
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Card,
    Expired,
    Gone,
    Line,
    NotSent,
    Outgoing,
    Picture,
    Published,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Faults, Reply

MADE = datetime(2026, 3, 1, 12, tzinfo=UTC)
LAMP = Picture(b"\x89PNG lamp", "image/png", "Eine Lampe, „hell“ – 灯", 8, 8)
POST = Outgoing("Zips can be saved", "key-1", MADE, MADE)
BACK, STATE, VERIFIER = "https://stoa.example/back", "state" * 8, "verifier" * 6


@pytest.fixture
def server() -> SmallLinkedIn:
    return SmallLinkedIn()


@pytest.fixture
def line(server: SmallLinkedIn) -> Line:
    return Line(server, {"token": TOKEN, "author": PAGE})


@pytest.fixture
def member(server: SmallLinkedIn) -> Line:
    return Line(server, {"token": TOKEN, "author": MEMBER})


def test_a_post_is_the_documented_request(server: SmallLinkedIn, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert server.calls == [("POST", "/posts", "", {
        "author": PAGE, "commentary": "Zips can be saved", "visibility": "PUBLIC",
        "distribution": {"feedDistribution": "MAIN_FEED", "targetEntities": [], "thirdPartyDistributionChannels": []},
        "lifecycleState": "PUBLISHED", "isReshareDisabledByAuthor": False,
    })]  # fmt: skip
    assert made.address == f"https://www.linkedin.com/feed/update/{made.id}/"
    assert CONNECTOR.recognise(made.address).id == made.id  # type: ignore[union-attr]


def test_pictures_go_with_every_byte_and_their_description(server: SmallLinkedIn, line: Line) -> None:
    one = CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    two = CONNECTOR.publish(replace(POST, text="Two", pictures=(LAMP, replace(LAMP, alt=""))), over=line)
    first, second, third = server.images
    assert set(server.images.values()) == {LAMP.content}
    assert server.posts[one.id]["content"] == {"media": {"id": first, "altText": LAMP.alt}}
    assert server.posts[two.id]["content"] == {
        "multiImage": {"images": [{"id": second, "altText": LAMP.alt}, {"id": third}]}
    }


def test_a_card_is_an_article(server: SmallLinkedIn, line: Line) -> None:
    card = replace(POST, link="https://stoa.example/l/abcdefgh", marker="abcdefgh", card=Card("Come and mend", ""))
    made = CONNECTOR.publish(card, over=line)
    assert server.posts[made.id]["content"] == {"article": {"source": card.link, "title": "Come and mend"}}
    found = CONNECTOR.settle(card, over=line)
    assert isinstance(found, Published)
    assert (found.id, found.version) == (made.id, made.version)


@pytest.mark.parametrize(
    "address", ["http://www.linkedin.com/dms-uploads/1", "https://evil.example/?linkedin.com", "file:///x", ""]
)
def test_the_token_goes_to_linkedin_alone(server: SmallLinkedIn, line: Line, address: str) -> None:
    whole = server.within
    told = {"value": {"uploadUrl": address, "image": "urn:li:image:1"}}
    server.within = lambda *given: said(200, told) if given[1].startswith("/images") else whole(*given)  # type: ignore[method-assign]
    with pytest.raises(NotSent):
        CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    assert (server.images, server.posts) == ({}, {})


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("a_b *c* (d) [e] {f} <g> ~h | \\i @j", r"a\_b \*c\* \(d\) \[e\] \{f\} \<g\> \~h \| \\i \@j"),
        ("#mending and C# #", r"#mending and C\# \#"),
        ("https://stoa.example/l/a_b#c", r"https://stoa.example/l/a\_b\#c"),
        ("Zips, lamps & 灯", "Zips, lamps & 灯"),
    ],
)
def test_signs_that_mean_something_there_are_only_signs(typed: str, sent: str) -> None:
    assert texts.little(typed) == sent
    assert texts.plain(sent) == typed


def test_what_linkedin_writes_is_read_as_words() -> None:
    assert texts.plain(r"{hashtag|\#|mending} with @[Porch \(1\)](urn:li:organization:1)") == "#mending with Porch (1)"


def test_a_correction_changes_the_words_and_keeps_the_picture(server: SmallLinkedIn, line: Line) -> None:
    made = CONNECTOR.publish(replace(POST, pictures=(LAMP,)), over=line)
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended (all)"), over=line)
    method, path, kind, body = server.calls[-1]
    assert (method, path, kind) == ("POST", f"/posts/{wire.key(made.id)}", "PARTIAL_UPDATE")
    assert body == {"patch": {"$set": {"commentary": r"Zips can be mended \(all\)"}}}
    assert "content" in server.posts[made.id]
    assert (changed.id, changed.version != made.version) == (made.id, True)
    found = CONNECTOR.settle(replace(POST, text="Zips can be mended (all)"), over=line)
    assert isinstance(found, Published)
    assert found.version == changed.version


def test_the_same_words_are_found_before_they_are_refused(server: SmallLinkedIn, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    assert CONNECTOR.publish(POST, over=line).id == made.id
    with pytest.raises(Refused) as refused:
        CONNECTOR.publish(replace(POST, made_at=datetime(2026, 3, 2, tzinfo=UTC)), over=line)
    assert made.id in refused.value.reason
    assert len(server.posts) == 1


def test_a_members_own_posts_cannot_be_read_and_a_person_is_asked(server: SmallLinkedIn, member: Line) -> None:
    made = CONNECTOR.publish(POST, over=member)
    server.calls.clear()
    with pytest.raises(Refused) as refused:
        CONNECTOR.settle(POST, over=member)
    assert refused.value.mend == "Look at your profile there: does it stand?"
    assert CONNECTOR.listen("x", over=member).items == ()
    told = CONNECTOR.measure([made.id], over=member)
    assert ({each.value for each in told.readings}, told.missing) == ({NOT_OFFERED}, ())
    assert server.calls == []
    with pytest.raises(Refused):
        CONNECTOR.publish(POST, over=member)
    assert CONNECTOR.delete(made.id, over=member).answer.endswith("It cannot be read back there.")
    assert not CONNECTOR.stands(made.id, over=member)
    assert server.posts == {}


def test_a_comment_goes_under_the_post_and_an_answer_under_the_comment(server: SmallLinkedIn, line: Line) -> None:
    post = CONNECTOR.publish(POST, over=line)
    first = CONNECTOR.reply(replace(POST, text="The link: [here]", answers=post.id), over=line)
    assert server.calls[-1][3] == {"actor": PAGE, "object": post.id, "message": {"text": "The link: [here]"}}
    theirs = server.overhear(post.id, "How?")
    answer = CONNECTOR.reply(replace(POST, text="Like this", answers=theirs), over=line)
    assert server.comments[answer.id]["parentComment"] == theirs
    deeper = CONNECTOR.reply(replace(POST, text="And so", answers=answer.id), over=line)
    assert server.comments[deeper.id]["parentComment"] == theirs
    found = CONNECTOR.settle(replace(POST, text="Like this", answers=theirs), over=line)
    assert isinstance(found, Published)
    assert found.id == answer.id
    assert CONNECTOR.settle(replace(POST, text="Never said", answers=post.id), over=line) == Absent()
    CONNECTOR.edit(first.id, replace(POST, text="The link: there", answers=post.id), over=line)
    assert server.comments[first.id]["message"] == {"text": "The link: there"}
    assert server.calls[-1][1].endswith(f"?actor={wire.key(PAGE)}")
    CONNECTOR.delete(first.id, over=line)
    assert not CONNECTOR.stands(first.id, over=line)


def test_a_long_comment_and_one_with_a_picture_are_refused_before(server: SmallLinkedIn, line: Line) -> None:
    for wrongly in (
        replace(POST, text="x" * 1251, answers="urn:li:share:1"),
        replace(POST, pictures=(LAMP,), answers="urn:li:share:1"),
    ):
        with pytest.raises(Refused):
            CONNECTOR.reply(wrongly, over=line)
    assert server.calls == []
    assert CONNECTOR.rules.text_limits(with_pictures=False, is_answer=True)[0].at_most == 1250


def test_comments_are_read_where_their_number_has_changed(server: SmallLinkedIn, line: Line) -> None:
    made = [CONNECTOR.publish(replace(POST, text=f"Post {n}"), over=line).id for n in range(3)]
    theirs = server.overhear(made[0], "One")
    page = CONNECTOR.listen("", over=line)
    assert [each.id for each in page.items] == [theirs]
    server.calls.clear()
    assert CONNECTOR.listen(page.cursor, over=line).items == ()
    assert len(server.calls) == 2
    under = server.comment(
        theirs, {"object": made[0], "parentComment": theirs, "message": {"text": "Me too"}}, actor="urn:li:person:x"
    )
    CONNECTOR.reply(replace(POST, text="Ours", answers=theirs), over=line)
    items = CONNECTOR.listen(page.cursor, over=line).items
    deeper = next(each for each in items if each.id == under.json()["commentUrn"])
    assert (deeper.in_reply_to, deeper.root, deeper.author.handle) == (theirs, made[0], "member x")
    assert "Ours" not in {each.text for each in items}


def test_a_hundred_comments_and_more_are_all_heard(server: SmallLinkedIn, line: Line) -> None:
    made = CONNECTOR.publish(POST, over=line)
    theirs = {server.overhear(made.id, f"Comment {n}") for n in range(230)}
    assert {each.id for each in CONNECTOR.listen("", over=line).items} == theirs


@pytest.mark.parametrize(
    ("answer", "trouble", "words"),
    [
        (wrong(401, "Expired access token"), Expired, "no longer accepts"),
        (wrong(403, "Not enough permissions to access: posts.CREATE"), Refused, "Not enough permissions"),
        (wrong(404, "Could not find entity"), Gone, "Could not find"),
        (wrong(422, "commentary is too long"), Refused, "too long"),
        (wrong(426, "Requested version 20250901 is not active"), Refused, "no longer speaks"),
        (wrong(429, "Resource level throttle"), TryLater, "slow down"),
        (wrong(500, "Internal"), Unknown, "500"),
        (Reply(400, b"<html>"), Unknown, "400"),
        (Reply(200, b"[]"), Unknown, "could not be read"),
    ],
)
def test_each_answer_is_the_one_trouble_that_it_is(answer: Reply, trouble: type[Trouble], words: str) -> None:
    with pytest.raises(trouble) as caught:
        wire.body_of(answer)
    assert words in caught.value.reason
    assert type(caught.value) is trouble


def test_what_is_used_up_for_a_day_comes_back_at_midnight_of_utc() -> None:
    assert wire.patience({"Date": "Sun, 01 Mar 2026 22:30:00 GMT"}) == 5400
    assert wire.patience({"Date": "Sun, 01 Mar 2026 22:30:00 GMT", "Retry-After": "7"}) == 7
    assert wire.patience({"Date": "never"}) == 3600


@pytest.mark.parametrize(
    "comment",
    [7, {}, {"commentUrn": 5, "actor": "urn:li:person:x"}, {"commentUrn": "urn:li:comment:(<b>,1)", "actor": []},
     {"commentUrn": "urn:li:comment:(urn:li:activity:1,2)", "actor": "urn:li:person:x", "message": 5, "created": {"time": 10**40},
      "lastModified": [], "commentsSummary": "~"}],
)  # fmt: skip
def test_what_is_not_as_documented_stops_nothing(server: SmallLinkedIn, line: Line, comment: Any) -> None:
    made = CONNECTOR.publish(POST, over=line)
    sound = server.overhear(made.id, "How?")
    kept = server.comments[sound]
    server.under = lambda *_: said(200, {"elements": [comment, kept]})  # type: ignore[method-assign]
    assert CONNECTOR.listen("", over=line).items[-1].id == sound


@pytest.mark.parametrize(
    "urn", ["", "urn:li:", "javascript:1", "urn:li:share:1?x", "urn:li:share:1/../2", "urn:li:" + "9" * 400]
)
def test_what_is_no_name_of_a_post_names_none(urn: str) -> None:
    with pytest.raises(Unknown):
        posts.published(Reply(201, b"", {"x-restli-id": urn if urn != "urn:li:" else ""}), POST)


@pytest.mark.parametrize("body", [b"{}", b'{"cut', b"[]", b'{"commentUrn": 7}'])
def test_a_correction_that_linkedin_answers_strangely_is_unclear(
    server: SmallLinkedIn, line: Line, body: bytes
) -> None:
    made = CONNECTOR.publish(POST, over=line)
    unclear = Line(Faults(server, after=lambda: Reply(200, body)), line.credentials)
    with pytest.raises(Unknown):
        CONNECTOR.edit(made.id, replace(POST, text="Other words"), over=unclear)


def test_a_correction_of_a_comment_may_be_answered_with_the_comment() -> None:
    posts.changed(Reply(204))
    posts.changed(Reply(200, b'{"commentUrn": "urn:li:comment:(urn:li:activity:7,12)"}'))
