"""Uploading to YouTube: sessions, pieces, what breaks off, what YouTube makes of a video."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stoa.social.networks.protocol import Absent, Gone, Line, NotSent, Pending, Published, Refused, Unknown
from stoa.social.networks.rehearsing import Faults, Reply
from stoa.social.networks.youtube import uploading
from stoa.social.networks.youtube.connector import CONNECTOR
from stoa.social.networks.youtube.tests.makers import CONTENT, POST, readied
from stoa.social.networks.youtube.tests.rehearsal import SmallTube, said


@pytest.fixture
def small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploading, "PIECE", 512)
    monkeypatch.setattr(uploading, "AT_ONCE", 2)


@pytest.mark.usefixtures("small_pieces")
def test_all_but_the_last_piece_goes_before_anybody_sees_anything(server: SmallTube, line: Line) -> None:
    first = CONNECTOR.prepare(POST, over=line)
    assert isinstance(first, Pending)
    assert (first.after, len(next(iter(server.sessions.values()))["has"])) == (1.0, 1024)
    ready = readied(line)
    session = server.sessions[ready.prepared.rpartition("upload_id=")[2]]
    assert (len(session["has"]), server.videos) == (2048, {})
    assert CONNECTOR.settle(ready, over=line) == Absent()
    made = CONNECTOR.publish(ready, over=line)
    assert isinstance(made, Published)
    assert server.videos[made.id]["bytes"] == CONTENT


@pytest.mark.usefixtures("small_pieces")
def test_what_google_lost_is_sent_again(server: SmallTube, line: Line) -> None:
    ready = readied(line)
    session = server.sessions[ready.prepared.rpartition("upload_id=")[2]]
    session["has"] = session["has"][:1500]
    made = CONNECTOR.publish(ready, over=line)
    assert isinstance(made, Published)
    assert server.videos[made.id]["bytes"] == CONTENT


def test_the_same_session_takes_one_video(server: SmallTube, line: Line) -> None:
    ready = readied(line)
    made = CONNECTOR.publish(ready, over=line)
    assert CONNECTOR.publish(ready, over=line) == made
    found = CONNECTOR.settle(replace(ready, video=None), over=line)
    assert (found, len(server.videos)) == (made, 1)


def test_a_session_that_is_not_known_any_more_is_no_reason_to_send_twice(server: SmallTube, line: Line) -> None:
    ready = readied(line)
    made = CONNECTOR.publish(ready, over=line)
    assert isinstance(made, Published)
    server.sessions.clear()
    again = CONNECTOR.publish(ready, over=line)
    assert isinstance(again, Published)
    assert (again.id, again.version, len(server.videos)) == (made.id, made.version, 1)
    server.videos.clear()
    with pytest.raises(Gone):
        CONNECTOR.publish(ready, over=line)


@pytest.mark.usefixtures("small_pieces")
def test_a_session_that_was_lost_while_it_was_readied_is_begun_anew(server: SmallTube, line: Line) -> None:
    old = f"{len(CONTENT)} https://www.googleapis.com/upload/youtube/v3/videos?uploadType=resumable&upload_id=lost"
    anew = CONNECTOR.prepare(POST, over=line, handle=old)
    assert isinstance(anew, Pending)
    assert anew.handle.endswith("upload1")
    for wrongly in (f"7 {old.partition(' ')[2]}", f"{len(CONTENT)} https://evil.example/?upload_id=lost", "nonsense"):
        CONNECTOR.prepare(POST, over=line, handle=wrongly)
    assert list(server.sessions) == ["upload1", "upload2", "upload3", "upload4"]


@pytest.mark.usefixtures("small_pieces")
def test_a_call_that_breaks_off_keeps_what_is_there(server: SmallTube, line: Line) -> None:
    whole, tried = server.take, list[str]()

    def breaks(id: str, content: bytes, sent: Any) -> Reply:
        tried.append(sent["content-range"])
        return whole(id, content, sent) if len(tried) != 3 else Reply(503)

    server.take = breaks  # type: ignore[method-assign]
    first = CONNECTOR.prepare(POST, over=line)
    assert isinstance(first, Pending)
    assert tried == ["bytes */2311", "bytes 0-511/2311", "bytes 512-1023/2311"]
    assert isinstance(CONNECTOR.prepare(POST, over=line, handle=first.handle), Pending)
    assert (tried[3:5], len(server.sessions)) == (["bytes */2311", "bytes 512-1023/2311"], 1)


@pytest.mark.parametrize(
    "place",
    [
        "",
        "http://www.googleapis.com/x",
        "https://googleapis.com.evil.example/x",
        "https://www.googleapis.com/" + "x" * 500,
    ],
)
def test_bytes_and_token_go_to_google_alone(server: SmallTube, line: Line, place: str) -> None:
    server.begin = lambda *_: said(200, None, Location=place)  # type: ignore[method-assign]
    with pytest.raises(NotSent):
        CONNECTOR.prepare(POST, over=line)
    assert server.videos == {}


def test_a_broken_upload_is_never_unknown_while_it_is_readied(server: SmallTube, line: Line) -> None:
    server.begin = lambda *_: Reply(503)  # type: ignore[method-assign]
    with pytest.raises(NotSent):
        CONNECTOR.prepare(POST, over=line)


def test_a_video_that_youtube_works_on_is_pending_until_it_is_done(server: SmallTube, line: Line) -> None:
    server.slow = True
    pending = CONNECTOR.publish(readied(line), over=line)
    assert isinstance(pending, Pending)
    assert CONNECTOR.settle(POST, over=line, handle=pending.handle) == pending
    server.worked()
    done = CONNECTOR.settle(POST, over=line, handle=pending.handle)
    assert isinstance(done, Published)
    assert done.id == pending.handle


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ({"uploadStatus": "rejected", "rejectionReason": "duplicate"}, "It is the same as another video there."),
        ({"uploadStatus": "failed", "failureReason": "codec"}, "Its format is not understood there."),
        ({"uploadStatus": "rejected", "rejectionReason": "somethingNew"}, "YouTube says: somethingNew."),
    ],
)
def test_a_video_that_youtube_does_not_keep_is_refused(
    server: SmallTube, line: Line, status: dict[str, str], words: str
) -> None:
    server.slow = True
    pending = CONNECTOR.publish(readied(line), over=line)
    assert isinstance(pending, Pending)
    server.worked(**status)
    with pytest.raises(Refused) as refused:
        CONNECTOR.settle(POST, over=line, handle=pending.handle)
    assert refused.value.reason == f"YouTube did not keep the video. {words}"
    server.videos.clear()
    with pytest.raises(Gone):
        CONNECTOR.settle(POST, over=line, handle=pending.handle)


@pytest.mark.parametrize(
    "handle", ["77", "5 https://www.googleapis.com/upload?upload_id=1", "2311 https://evil.example/"]
)
def test_what_is_no_upload_of_this_video_is_made_ready_again(server: SmallTube, line: Line, handle: str) -> None:
    with pytest.raises(Gone):
        CONNECTOR.publish(replace(POST, prepared=handle), over=line)
    assert not server.sessions
    made = CONNECTOR.publish(readied(line), over=line)
    assert isinstance(made, Published)
    assert CONNECTOR.publish(replace(POST, prepared=handle), over=line) == made
    assert len(server.videos) == 1


@pytest.mark.parametrize("answer", [Reply(200, b"{}"), Reply(204), Reply(200, b'{"id": "another0001"}')])
def test_a_correction_counts_when_youtube_names_the_video(server: SmallTube, line: Line, answer: Reply) -> None:
    made = CONNECTOR.publish(readied(line), over=line)
    assert isinstance(made, Published)
    unclear = Faults(server, after=lambda: answer)
    with pytest.raises(Unknown):
        CONNECTOR.edit(made.id, replace(POST, text="Other words"), over=replace(line, http=unclear))
    assert server.videos[made.id]["snippet"]["title"] == "Other words"
