"""Videos as each network takes them: the request of its documents, the video byte for byte, sent in blocks; and what is refused."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from email import message_from_bytes
from math import isfinite
from typing import Any

import pytest

from stoa.social.networks import bluesky, discord, mastodon, matrix, slack, telegram
from stoa.social.networks.calling import Body
from stoa.social.networks.checking import objections
from stoa.social.networks.conforming import post
from stoa.social.networks.handing import usual_steps
from stoa.social.networks.multipart import BLOCK, Film, with_video
from stoa.social.networks.protocol import (
    Gone,
    Line,
    NotSent,
    Outgoing,
    Pending,
    Prepared,
    Published,
    Refused,
    Response,
    TryLater,
    Unknown,
    Video,
)
from stoa.social.networks.registry import connectors, get
from stoa.social.networks.rehearsing import Reply

CONTENT = bytes(range(256)) * 3000  # three blocks
OPENED: list[io.BytesIO] = []


def opened() -> io.BytesIO:
    OPENED.append(io.BytesIO(CONTENT))
    return OPENED[-1]


LAMP = Video(opened, len(CONTENT), "video/mp4", "A lamp is lit", 1280, 720, 12.4)
POST = replace(post("Zips can be saved."), video=LAMP)


class Kept:
    """An `Http` that streams: it keeps what came, and answers with what it is given (then with nothing but good)."""

    def __init__(self, *answers: Reply) -> None:
        self.answers, self.asked = list(answers), list[tuple[str, str, Any]]()
        self.heads: list[Mapping[str, str]] = []
        self.blocks: list[int] = []

    def request(
        self, method: str, url: str, *, headers: Mapping[str, str] | None = None, content: bytes | None = None,
        json: Any = None, timeout: float | None = None,
    ) -> Response:  # fmt: skip
        return self.taken(method, url, json if json is not None else content, headers)

    def stream(
        self,
        method: str,
        url: str,
        body: Body,
        *,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = None,
    ) -> Response:
        blocks = list(body)
        self.blocks = [len(each) for each in blocks]
        assert sum(self.blocks) == len(body)
        return self.taken(method, url, b"".join(blocks), headers)

    def taken(self, method: str, url: str, body: Any, headers: Mapping[str, str] | None) -> Response:
        self.asked.append((method, url, body))
        self.heads.append(headers or {})
        return self.answers.pop(0) if self.answers else said(200, {})


def said(status: int, body: Any) -> Reply:
    return Reply(status, json.dumps(body).encode())


def parts(content: bytes, kind: str) -> dict[str, bytes]:
    """Read as a server reads it: by a parser that knows nothing of ours."""
    message: Any = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + content)
    return {
        str(part.get_param("name", header="content-disposition")): part.get_payload(decode=True)
        for part in message.get_payload()
    }


@pytest.fixture(autouse=True)
def _closed() -> Iterator[None]:
    OPENED.clear()
    yield
    assert all(each.closed for each in OPENED)


def test_a_video_is_sent_in_blocks_and_each_walk_gives_it_whole() -> None:
    body, kind = with_video({"description": "Blumen\r\n--x"}, "file", "video.mp4", LAMP)
    blocks = list(body)
    assert max(len(each) for each in blocks) == BLOCK
    assert b"".join(blocks) == b"".join(body)
    assert len(body) == len(b"".join(blocks))
    assert parts(b"".join(blocks), kind) == {"description": b"Blumen\r\n--x", "file": CONTENT}
    assert b"".join(Film(LAMP)) == CONTENT


MASTODON = {"server": "https://mastodon.test", "token": "t", "account": "1"}


def mastodon_line(*answers: Reply) -> tuple[Any, Kept, Line]:
    http = Kept(*answers)
    return get(mastodon.__name__.rpartition(".")[2]), http, Line(http, MASTODON)


def test_mastodon_works_through_a_video_before_a_post_shows_it() -> None:
    connector, http, line = mastodon_line(
        said(202, {"id": "77", "url": None}), said(206, {"id": "77"}), said(200, {"id": "77"})
    )
    waiting = connector.prepare(POST, over=line)
    assert waiting == Pending("77", after=10.0)
    assert parts(http.asked[0][2], http.heads[0]["content-type"]) == {"description": b"A lamp is lit", "file": CONTENT}
    assert connector.prepare(POST, over=line, handle="77") == waiting
    assert connector.prepare(POST, over=line, handle="77") == Prepared("77")
    assert [each[:2] for each in http.asked] == [
        ("POST", "https://mastodon.test/api/v2/media"),
        ("GET", "https://mastodon.test/api/v1/media/77"),
        ("GET", "https://mastodon.test/api/v1/media/77"),
    ]
    http.answers = [
        said(200, {"id": "1", "created_at": "2026-03-01T12:00:00Z", "url": "https://mastodon.test/@guild/1"})
    ]
    assert connector.publish(replace(POST, prepared="77"), over=line).id == "1"
    assert http.asked[-1][2]["media_ids"] == ["77"]
    assert http.blocks == http.blocks[:1] + http.blocks[1:]


def test_mastodon_may_be_ready_at_once_and_asks_nothing_for_a_post_without_a_video() -> None:
    connector, http, line = mastodon_line(said(200, {"id": "78", "url": "https://files.test/78"}))
    assert connector.prepare(POST, over=line) == Prepared("78")
    assert connector.prepares_videos_alone
    assert connector.prepare(post(), over=line) == Prepared("-")
    assert len(http.asked) == 1


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        (said(422, {"error": "Validation failed: File cannot be processed"}), Refused),
        (said(404, {"error": "Record not found"}), Gone),
        (said(500, {}), Unknown),
        (said(429, {"error": "slow"}), TryLater),
    ],
)
def test_mastodon_says_when_it_cannot_work_through_a_video(answer: Reply, trouble: type[Exception]) -> None:
    connector, _http, line = mastodon_line(answer)
    with pytest.raises(trouble):
        connector.prepare(POST, over=line, handle="77")


@pytest.mark.parametrize("answer", [said(500, {}), said(200, []), said(202, {"url": None}), Reply(200, b"<html>")])
def test_a_video_that_mastodon_did_not_clearly_store_was_not_sent(answer: Reply) -> None:
    connector, _http, line = mastodon_line(answer)
    with pytest.raises(NotSent):
        connector.prepare(POST, over=line)


def test_telegram_gets_a_video_with_its_caption_in_one_call() -> None:
    connector: Any = get(telegram.__name__.rpartition(".")[2])
    http = Kept(said(200, {"ok": True, "result": {"message_id": 5, "chat": {"id": -1001}, "date": 1_772_366_400}}))
    line = Line(http, {"token": "1:a", "chat": "-1001", "name": "guild", "group": "", "group_name": ""})
    made = connector.publish(POST, over=line)
    assert made.id == "-1001/5"
    assert http.asked[0][:2] == ("POST", "https://api.telegram.org/bot1:a/sendVideo")
    assert parts(http.asked[0][2], http.heads[0]["content-type"]) == {
        "chat_id": b"-1001", "caption": b"Zips can be saved.", "width": b"1280", "height": b"720", "duration": b"12",
        "supports_streaming": b"true", "video": CONTENT,
    }  # fmt: skip
    http.answers = [said(200, {"ok": True, "result": {"message_id": 5, "chat": {"id": -1001}, "date": 1_772_366_400}})]
    connector.edit(made.id, replace(POST, text="Zips can be mended."), over=line)
    assert http.asked[-1][1].endswith("/editMessageCaption")


def test_discord_gets_a_video_with_its_description_in_one_call() -> None:
    connector: Any = get(discord.__name__.rpartition(".")[2])
    http = Kept(said(200, {"id": "9", "timestamp": "2026-03-01T12:00:00+00:00"}))
    line = Line(http, {"token": "t", "channel": "5", "guild": "4", "bot": "1"})
    assert connector.publish(POST, over=line).id == "9"
    method, url, body = http.asked[0]
    found = parts(body, http.heads[0]["content-type"])
    told = json.loads(found["payload_json"])
    assert (method, url) == ("POST", "https://discord.com/api/v10/channels/5/messages")
    assert told["attachments"] == [{"id": 0, "filename": "video.mp4", "description": "A lamp is lit"}]
    assert (told["nonce"], told["enforce_nonce"], told["content"]) == ("first", True, "Zips can be saved.")
    assert found["files[0]"] == CONTENT
    assert (http.heads[0]["authorization"], max(http.blocks)) == ("Bot t", BLOCK)


def test_bluesky_keeps_a_video_and_a_record_that_shows_it() -> None:
    connector: Any = get(bluesky.__name__.rpartition(".")[2])
    blob = {"$type": "blob", "ref": {"$link": "b"}, "mimeType": "video/mp4", "size": len(CONTENT)}
    http = Kept(said(200, {"blob": blob}), said(200, {"uri": "at://did:plc:x/app.bsky.feed.post/1", "cid": "c"}))
    line = Line(
        http, {"server": "https://pds.test", "did": "did:plc:x", "access": "a", "refresh": "r", "handle": "guild.test"}
    )
    assert isinstance(connector.publish(POST, over=line), Published)
    stored, made = http.asked[0], http.asked[-1]
    assert stored == ("POST", "https://pds.test/xrpc/com.atproto.repo.uploadBlob", CONTENT)
    assert http.heads[0]["content-type"] == "video/mp4"
    assert made[2]["record"]["embed"] == {
        "$type": "app.bsky.embed.video", "video": blob, "alt": "A lamp is lit", "aspectRatio": {"width": 1280, "height": 720},
    }  # fmt: skip


def test_a_video_that_bluesky_did_not_clearly_store_was_not_sent() -> None:
    connector: Any = get(bluesky.__name__.rpartition(".")[2])
    line = Line(
        Kept(Reply(502, b"")), {"server": "https://pds.test", "did": "did:plc:x", "access": "a", "refresh": "r"}
    )
    with pytest.raises(NotSent):
        connector.publish(POST, over=line)


def test_matrix_gets_a_video_as_a_message_before_the_words() -> None:
    connector: Any = get(matrix.__name__.rpartition(".")[2])
    wire: Any = Kept()
    credentials = {
        "server": "https://matrix.test",
        "token": "t",
        "room": "!r:matrix.test",
        "user": "@guild:matrix.test",
    }
    wire.answers = [said(200, {"content_uri": "mxc://matrix.test/v"})]
    from stoa.social.networks.matrix import contents
    from stoa.social.networks.matrix import wire as calls

    stored = calls.store_video(Line(wire, credentials), LAMP, "video.mp4")
    assert wire.asked == [("POST", "https://matrix.test/_matrix/media/v3/upload?filename=video.mp4", CONTENT)]
    shown = contents.video(LAMP, stored, {})
    assert (shown["msgtype"], shown["url"], shown["body"], shown["filename"]) == (
        "m.video", "mxc://matrix.test/v", "A lamp is lit", "video.mp4",
    )  # fmt: skip
    assert shown["info"] == {"mimetype": "video/mp4", "size": len(CONTENT), "duration": 12_400, "w": 1280, "h": 720}
    assert connector.rules.videos.mimes[0] == "video/mp4"


def test_slack_is_told_the_length_and_gets_the_bytes_where_it_says() -> None:
    connector: Any = get(slack.__name__.rpartition(".")[2])
    place = {"ok": True, "upload_url": "https://files.slack.com/up/1", "file_id": "F1"}
    http = Kept(said(200, place), Reply(200, b"OK"), said(200, {"ok": True, "files": []}))
    made = connector.publish(POST, over=Line(http, {"token": "t", "channel": "C1", "team": "T"}))
    assert made == Pending("F1", after=5.0)
    asked, brought, shared = http.asked
    assert asked[2] == f"filename=first-1.mp4&length={len(CONTENT)}".encode()
    assert brought == ("POST", "https://files.slack.com/up/1", CONTENT)
    assert shared[2]["files"] == [{"id": "F1", "title": "A lamp is lit"}]


def test_every_rule_for_videos_makes_sense() -> None:
    for connector in connectors().values():
        if (limit := connector.rules.videos) is not None:
            assert limit.mimes, connector.key
            assert all(each.startswith("video/") for each in limit.mimes), connector.key
            assert limit.bytes_at_most > 1_000_000, connector.key
            assert not isfinite(limit.seconds_at_most) or limit.seconds_at_least < limit.seconds_at_most, connector.key


def test_a_network_without_a_rule_takes_no_video() -> None:
    rules = replace(get(discord.__name__.rpartition(".")[2]).rules, videos=None)
    (found,) = objections(POST, rules)
    assert found.reason == "Videos do not go to this network from here."


def test_a_post_may_be_a_video_alone() -> None:
    rules = get(discord.__name__.rpartition(".")[2]).rules
    assert objections(replace(POST, text="", video=replace(LAMP, size=9_000_000)), rules) == ()


def test_by_hand_a_video_is_saved_first_and_added_then() -> None:
    steps = usual_steps("Porch", POST)
    assert steps[0] == "Save the video."
    assert steps.index("Add the video.") < steps.index("Paste the text.")
    assert "Save the video." not in usual_steps("Porch", Outgoing("x", "k", POST.made_at, POST.at))
