"""The connector against the whole local Bluesky network, with the network's own Python SDK as the oracle."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from atproto import Client
from PIL import Image

from stoa.social.networks.bluesky.connector import CONNECTOR
from stoa.social.networks.bluesky.records import record_key
from stoa.social.networks.bluesky.tests.realnet import LocalBluesky, local_bluesky
from stoa.social.networks.checking import objections
from stoa.social.networks.counting import graphemes, utf8_bytes
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Card,
    Expired,
    Gone,
    Granted,
    Hearing,
    Line,
    NotSent,
    Outgoing,
    Picture,
    Published,
    Reconnect,
    Refused,
)
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.tests.running import until

pytestmark = pytest.mark.realnet
CASES = json.loads((Path(__file__).parents[2] / "tests" / "hard_cases.json").read_text())
PATIENCE = 60.0


@pytest.fixture(scope="module")
def net(request: pytest.FixtureRequest) -> Iterator[LocalBluesky]:
    if "realnet" not in str(request.config.getoption("markexpr", "")):
        pytest.skip("asked for with -m realnet")
    with local_bluesky() as running:
        yield running


@pytest.fixture(scope="module")
def guild(net: LocalBluesky) -> tuple[Account, Granted]:
    made = net.create_account("guild.test", "a long enough password")
    answers = {"handle": "@guild.test", "password": made.app_password, "server": net.pds_url}
    return CONNECTOR.connect(answers, http=PlainHttp())


@pytest.fixture(scope="module")
def line(guild: tuple[Account, Granted]) -> Line:
    return Line(PlainHttp(), guild[1].credentials)


@pytest.fixture(scope="module")
def stranger(net: LocalBluesky) -> Iterator[Client]:
    """Somebody else, speaking through the SDK."""
    made = net.create_account("stranger.test", "another long password")
    client = Client(base_url=f"{net.pds_url}/xrpc")
    client.login(made.handle, made.password)
    yield client
    client.request.close()


def outgoing(text: str, key: str, **more: Any) -> Outgoing:
    now = datetime.now(UTC)
    return Outgoing(text=text, key=key, made_at=now, at=now, **more)


def picture(mime: str = "image/png") -> Picture:
    file = io.BytesIO()
    Image.new("RGB", (64, 48), (30, 120, 90)).save(file, format=mime.partition("/")[2])
    return Picture(file.getvalue(), mime, "A green bench, drawn plainly", 64, 48)


def test_connecting_names_the_account(guild: tuple[Account, Granted]) -> None:
    account, granted = guild
    assert (account.handle, account.name) == ("guild.test", "Guild")
    assert account.id.startswith("did:plc:")
    assert granted.fresh_until is not None
    assert "password" not in granted.credentials


def test_a_wrong_password_is_refused(net: LocalBluesky, guild: tuple[Account, Granted]) -> None:
    answers = {"handle": "guild.test", "password": "wrong", "server": net.pds_url}
    with pytest.raises(Refused):
        CONNECTOR.connect(answers, http=PlainHttp())


def test_facets_stand_on_the_right_bytes(line: Line, stranger: Client) -> None:
    text = "Grüße 🛠️👩🏿‍🚒 an @stranger.test und @nobody.test: https://example.org/ä?x=1. #Reparatur #café!"
    made = CONNECTOR.publish(outgoing(text, "facets", language="de"), over=line)
    record = read(stranger, made.id)
    assert record.text == text
    assert record.langs == ["de"]
    seen = []
    for facet in record.facets:
        piece = text.encode()[facet.index.byte_start : facet.index.byte_end].decode()
        feature = facet.features[0]
        seen.append((piece, getattr(feature, "did", None) or getattr(feature, "uri", None) or feature.tag))
    assert seen == [
        ("@stranger.test", stranger.me.did),
        ("https://example.org/ä?x=1", "https://example.org/ä?x=1"),
        ("#Reparatur", "Reparatur"),
        ("#café", "café"),
    ]


def test_a_picture_goes_out_with_its_description_and_proportions(line: Line, stranger: Client) -> None:
    made = CONNECTOR.publish(outgoing("A bench", "picture", pictures=(picture(), picture("image/jpeg"))), over=line)
    images = read(stranger, made.id).embed.images
    assert [image.alt for image in images] == ["A green bench, drawn plainly"] * 2
    assert (images[0].aspect_ratio.width, images[0].aspect_ratio.height) == (64, 48)
    assert [image.image.mime_type for image in images] == ["image/png", "image/jpeg"]


def test_a_link_goes_out_as_a_card(line: Line, stranger: Client) -> None:
    card = Card("Repair café", "Saturday at ten", picture())
    made = CONNECTOR.publish(outgoing("Come!", "card", link="https://example.org/l/ABC", card=card), over=line)
    external = read(stranger, made.id).embed.external
    assert (external.uri, external.title, external.description) == (
        "https://example.org/l/ABC",
        "Repair café",
        "Saturday at ten",
    )
    assert external.thumb.mime_type == "image/png"


def test_the_same_key_makes_one_record(line: Line, stranger: Client) -> None:
    first = outgoing("Only once, please", "same key")
    before = count_posts(stranger, line)
    made = CONNECTOR.publish(first, over=line)
    again = CONNECTOR.publish(replace(first, at=datetime.now(UTC)), over=line)
    assert isinstance(again, Published)
    assert (again.id, again.version) == (made.id, made.version)
    assert count_posts(stranger, line) == before + 1
    assert CONNECTOR.settle(first, over=line) == again


def test_what_was_never_sent_is_absent(line: Line) -> None:
    assert CONNECTOR.settle(outgoing("Never sent", "never"), over=line) == Absent()


def test_a_post_is_deleted_and_deleting_twice_is_fine(line: Line, stranger: Client) -> None:
    made = CONNECTOR.publish(outgoing("Soon gone", "gone"), over=line)
    assert CONNECTOR.stands(made.id, over=line)
    assert CONNECTOR.delete(made.id, over=line).id == made.id
    assert CONNECTOR.delete(made.id, over=line).id == made.id
    assert not CONNECTOR.stands(made.id, over=line)
    until(lambda: not stranger.get_posts([made.id]).posts, seconds=PATIENCE, what="the index to forget")


def test_a_reply_stands_in_its_thread(line: Line, stranger: Client) -> None:
    theirs = stranger.send_post("Who mends radios?")
    wait_for_index(theirs.uri, stranger)
    first = CONNECTOR.reply(outgoing("We do!", "reply 1", answers=theirs.uri), over=line)
    second = CONNECTOR.reply(outgoing("On Saturdays.", "reply 2", answers=first.id), over=line)
    reply = read(stranger, second.id).reply
    assert (reply.root.uri, reply.parent.uri) == (theirs.uri, first.id)
    assert (reply.root.cid, reply.parent.cid) == (theirs.cid, first.version)


def test_an_answer_to_nothing_is_gone(line: Line) -> None:
    missing = f"at://{line.credentials['did']}/app.bsky.feed.post/3222222222222"
    with pytest.raises(Gone):
        CONNECTOR.reply(outgoing("Hello?", "to nothing", answers=missing), over=line)


def test_answers_mentions_and_quotes_are_heard_once_and_in_pages(line: Line, stranger: Client) -> None:
    from atproto import client_utils, models

    ours = CONNECTOR.publish(outgoing("Ask us anything", "ask"), over=line)
    wait_for_index(ours.id, stranger)
    before = CONNECTOR.listen("", over=line)
    ref = models.ComAtprotoRepoStrongRef.Main(uri=ours.id, cid=ours.version)
    reply = stranger.send_post("How?", reply_to=models.AppBskyFeedPost.ReplyRef(parent=ref, root=ref))
    mention = stranger.send_post(client_utils.TextBuilder().mention("@guild.test", line.credentials["did"]).text(" hi"))
    quote = stranger.send_post("Look", embed=models.AppBskyEmbedRecord.Main(record=ref))
    stranger.like(ours.id, ours.version)
    expected = {("reply", reply.uri), ("mention", mention.uri), ("quote", quote.uri)}

    def all_heard() -> Hearing | None:
        heard = CONNECTOR.listen(before.cursor, over=line)
        return heard if expected <= {(item.kind, item.id) for item in heard.items} else None

    heard = until(all_heard, seconds=PATIENCE, what="the notifications")
    by_id = {item.id: item for item in heard.items}
    assert {item.kind for item in heard.items} <= {"reply", "mention", "quote"}
    answer = by_id[reply.uri]
    assert (answer.text, answer.in_reply_to, answer.root) == ("How?", ours.id, ours.id)
    assert (answer.author.id, answer.author.handle, answer.author.name) == (
        stranger.me.did,
        "stranger.test",
        "Stranger",
    )
    after = CONNECTOR.listen(heard.cursor, over=line)
    assert {item.id for item in after.items} <= set(by_id)


def test_likes_reposts_and_replies_are_read_and_reach_is_not_offered(line: Line, stranger: Client) -> None:
    from atproto import models

    ours = CONNECTOR.publish(outgoing("Count me", "count me"), over=line)
    until(lambda: not CONNECTOR.measure([ours.id], over=line).missing, seconds=PATIENCE, what="the index")
    stranger.like(ours.id, ours.version)
    stranger.repost(ours.id, ours.version)
    ref = models.ComAtprotoRepoStrongRef.Main(uri=ours.id, cid=ours.version)
    stranger.send_post("One", reply_to=models.AppBskyFeedPost.ReplyRef(parent=ref, root=ref))
    expected = {"likes": 1, "reposts": 1, "replies": 1, "quotes": 0, "reach": NOT_OFFERED, "impressions": NOT_OFFERED}

    def read_all() -> bool:
        told = CONNECTOR.measure([ours.id], over=line)
        return {reading.measure: reading.value for reading in told.readings} == expected

    assert until(read_all, seconds=PATIENCE, what="the counts")
    nowhere = f"at://{line.credentials['did']}/app.bsky.feed.post/3222222222222"
    assert CONNECTOR.measure([nowhere], over=line).missing == (nowhere,)


def test_refreshing_gives_new_tokens_that_work(net: LocalBluesky) -> None:
    made = net.create_account("fresh.test", "yet another password")
    answers = {"handle": "fresh.test", "password": made.app_password, "server": net.pds_url}
    _, granted = CONNECTOR.connect(answers, http=PlainHttp())
    renewed = CONNECTOR.refresh(over=Line(PlainHttp(), granted.credentials))
    assert renewed.credentials["refresh"] != granted.credentials["refresh"]
    CONNECTOR.publish(outgoing("Still here", "fresh"), over=Line(PlainHttp(), renewed.credentials))


def test_a_broken_session_asks_to_reconnect(line: Line) -> None:
    broken = Line(PlainHttp(), {**line.credentials, "access": "no.such.token", "refresh": "no.such.token"})
    with pytest.raises(Reconnect) as caught:
        CONNECTOR.publish(outgoing("Hello", "broken"), over=broken)
    assert not isinstance(caught.value, Expired)
    with pytest.raises(Reconnect):
        CONNECTOR.refresh(over=broken)


def test_nobody_at_the_address_is_proven_not_sent(line: Line) -> None:
    nobody = Line(PlainHttp(), {**line.credentials, "server": "http://127.0.0.1:9"})
    with pytest.raises(NotSent):
        CONNECTOR.publish(outgoing("Hello", "nobody"), over=nobody)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_the_server_counts_a_hard_case_as_we_do(case: dict[str, Any], line: Line) -> None:
    for text in borders_of(str(case["text"])):
        post = outgoing(text, f"{case['name']} {graphemes(text)} {utf8_bytes(text)}")
        expected = not objections(post, CONNECTOR.rules)
        assert is_taken(post, line) == expected, (graphemes(text), utf8_bytes(text))


def wait_for_index(id: str, reader: Client) -> None:
    """The index follows each account by itself: an answer that it reads before the post is nobody's notification, for ever."""
    until(lambda: reader.get_posts([id]).posts, seconds=PATIENCE, what=f"the index to know {id}")


def borders_of(text: str) -> list[str]:
    """Texts with this case inside, at the limits and one beyond: 300 and 301 graphemes, 3,000 and 3,001 bytes."""
    room = 300 - graphemes(text) - 1
    borders = ["x" * room + "\n" + text, "x" * (room + 1) + "\n" + text]
    unit = "\n" + text
    times = 2990 // utf8_bytes(unit)
    if graphemes(unit * times) + 20 <= 300:
        left = 3000 - utf8_bytes(unit * times)
        borders += ["é" * (left // 2) + "x" * (left % 2) + unit * times]
        borders += [borders[-1] + "x"]
    return borders


def is_taken(post: Outgoing, line: Line) -> bool:
    try:
        made = CONNECTOR.publish(post, over=line)
    except Refused:
        return False
    assert made.id.endswith(record_key(post))
    return True


def read(client: Client, id: str) -> Any:
    """The record as the SDK reads it from its author's server."""
    repo, collection, key = id.removeprefix("at://").split("/")
    found = client.com.atproto.repo.get_record({"repo": repo, "collection": collection, "rkey": key})
    return found.value


def count_posts(client: Client, line: Line) -> int:
    wanted = {"repo": line.credentials["did"], "collection": "app.bsky.feed.post", "limit": 100}
    return len(client.com.atproto.repo.list_records(wanted).records)
