"""What is YouTube's own: titles, sessions of upload in pieces, what becomes of a video, comments, quota, its troubles."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from stoa.social.networks.checking import objections
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Expired,
    Gone,
    Line,
    Prepared,
    Published,
    Reconnect,
    Refused,
    Trouble,
    TryLater,
    Unknown,
)
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.youtube import comments, videos, wire
from stoa.social.networks.youtube.connector import CONNECTOR
from stoa.social.networks.youtube.tests.makers import CONTENT, POST, published
from stoa.social.networks.youtube.tests.rehearsal import OWN, REFRESH, STRANGER, SmallTube, said, wrong


def test_title_description_hashtags_and_the_bytes_are_sent(server: SmallTube, line: Line) -> None:
    made = published(line)
    video = server.videos[made.id]
    assert video["bytes"] == CONTENT
    assert {name: video["snippet"][name] for name in ("title", "description", "tags", "categoryId", "defaultLanguage")} == {
        "title": "Zips can be saved", "description": "How it is done, step by step. #mending #zips", "tags": ["mending", "zips"],
        "categoryId": "22", "defaultLanguage": "en",
    }  # fmt: skip
    assert video["status"]["privacyStatus"] == "public"
    assert "selfDeclaredMadeForKids" not in video["status"]
    assert made.address == f"https://www.youtube.com/watch?v={made.id}"
    method, path, query, body = next(each for each in server.calls if each[1].startswith("/upload"))
    assert (method, query) == ("POST", {"uploadType": "resumable", "part": "snippet,status"})
    assert set(body) == {"snippet", "status"}


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("A title\nand words", "A title", "and words"),
        ("One line", "One line", ""),
        ("x" * 110, "x" * 99 + "…", "x" * 110),
        ("word " * 40, "word " * 18 + "word…", ("word " * 40).strip()),
        ("https://stoa.example/l/x\nhello", "hello", "https://stoa.example/l/x\nhello"),
    ],
)
def test_a_title_is_made_of_the_text_and_nothing_is_lost(text: str, title: str, body: str) -> None:
    assert videos.named(text) == (title, body)
    assert len(videos.named(text)[0]) <= 100


@pytest.mark.parametrize("text", ["", "https://stoa.example/l/x", "Title\n<b>", "Ti>tle", "T\n" + "x" * 5001])
def test_what_youtube_would_refuse_is_refused_before_anything_is_sent(server: SmallTube, line: Line, text: str) -> None:
    server.calls.clear()
    with pytest.raises(Refused) as refused:
        CONNECTOR.prepare(replace(POST, text=text), over=line)
    assert refused.value.mend
    assert (server.calls, server.sessions) == ([], {})


def test_a_post_without_a_video_is_objected_to_before_it_is_planned() -> None:
    without = replace(POST, video=None)
    found = [(each.reason, each.mend) for each in objections(without, CONNECTOR.rules)]
    assert found == [("This network takes no post without a video.", "Add a video.")]
    assert objections(replace(without, answers="video000001"), CONNECTOR.rules) == ()
    with pytest.raises(Refused):
        CONNECTOR.publish(without, over=Line(SmallTube(), {"token": "x"}))


def test_so_many_hashtags_as_youtube_takes() -> None:
    assert videos.tags_of("#a1 no#t #zips #zips #b") == ["a1", "zips"]
    assert len(videos.tags_of(" ".join(f"#{n:029d}" for n in range(100)))) == 12


def test_a_video_is_found_among_our_uploads_by_the_code_of_its_link(server: SmallTube, line: Line) -> None:
    post = replace(POST, text="Title\nSee https://stoa.example/l/abcdefgh", marker="abcdefgh")
    made = published(line, post)
    for number in range(60):
        published(line, replace(POST, text=f"Video {number}", key=f"k{number}"))
    found = CONNECTOR.settle(replace(post, video=None), over=line)
    assert isinstance(found, Published)
    assert (found.id, found.version) == (made.id, made.version)
    assert CONNECTOR.settle(replace(post, marker="zzzzzzzz", video=None), over=line) == Absent()
    assert not [each for each in server.calls if each[1].endswith("/search")]


def test_a_correction_changes_the_words_and_leaves_the_rest(server: SmallTube, line: Line) -> None:
    made = published(line)
    server.videos[made.id]["snippet"]["categoryId"] = "26"
    changed = CONNECTOR.edit(made.id, replace(POST, text="Zips can be mended\n\nAll of them.", video=None), over=line)
    snippet = server.videos[made.id]["snippet"]
    assert (snippet["title"], snippet["description"], snippet["categoryId"], snippet["tags"]) == (
        "Zips can be mended", "All of them.", "26", ["mending", "zips"],
    )  # fmt: skip
    found = CONNECTOR.settle(replace(POST, text="Zips can be mended\n\nAll of them."), over=line)
    assert isinstance(found, Published)
    assert (changed.version != made.version, found.version) == (True, changed.version)
    assert len(server.videos[made.id]["bytes"]) == len(CONTENT)


def test_comments_are_heard_answered_corrected_and_hidden(server: SmallTube, line: Line) -> None:
    made = published(line)
    theirs = server.overhear(made.id, "How?")
    answer = CONNECTOR.reply(replace(POST, text="Like this", answers=theirs), over=line)
    assert server.comments[answer.id]["snippet"]["parentId"] == theirs
    deeper = server.comment(STRANGER, "", theirs, "Thank you").json()["id"]
    second = CONNECTOR.reply(replace(POST, text="Gladly", answers=deeper), over=line)
    assert server.comments[second.id]["snippet"]["parentId"] == theirs
    heard = {each.id: each for each in CONNECTOR.listen("", over=line).items}
    assert set(heard) == {theirs, deeper}
    assert (heard[deeper].in_reply_to, heard[deeper].root, heard[deeper].about) == (theirs, made.id, made.id)
    assert heard[theirs].address == f"https://www.youtube.com/watch?v={made.id}&lc={theirs}"
    found = CONNECTOR.settle(replace(POST, text="Like this", answers=theirs), over=line)
    assert isinstance(found, Published)
    assert found.id == answer.id
    assert CONNECTOR.settle(replace(POST, text="Never said", answers=made.id), over=line) == Absent()
    CONNECTOR.edit(answer.id, replace(POST, text="Like that", answers=theirs), over=line)
    assert server.comments[answer.id]["snippet"]["textOriginal"] == "Like that"
    CONNECTOR.hide(theirs, over=line)
    assert server.comments[theirs]["status"] == "rejected"
    CONNECTOR.show(theirs, over=line)
    assert server.comments[theirs]["status"] == "published"
    CONNECTOR.delete(answer.id, over=line)
    assert not CONNECTOR.stands(answer.id, over=line)
    assert CONNECTOR.prepare(replace(POST, answers=theirs, video=None), over=line) == Prepared("comment")


def test_a_long_silence_is_caught_up_without_gap(server: SmallTube, line: Line) -> None:
    made = published(line)
    server.overhear(made.id, "the first")
    cursor = CONNECTOR.listen("", over=line).cursor
    theirs = {server.overhear(made.id, f"Comment {number}") for number in range(230)}
    page = CONNECTOR.listen(cursor, over=line)
    assert theirs <= {each.id for each in page.items}
    assert not page.more
    assert CONNECTOR.listen(page.cursor, over=line).cursor == page.cursor


def test_numbers_that_a_channel_hides_are_not_offered(server: SmallTube, line: Line) -> None:
    made = published(line)
    whole = server.shown
    server.shown = lambda id: whole(id) | {"statistics": {"viewCount": "7", "likeCount": 5}}  # type: ignore[method-assign]
    told = {
        each.measure: each.value
        for each in CONNECTOR.measure([made.id, "UgxComment1"], over=line).readings
        if each.id == made.id
    }
    assert told == {"impressions": 7, "likes": NOT_OFFERED, "replies": NOT_OFFERED, "reach": NOT_OFFERED}


def test_what_the_project_may_publish_is_chosen_and_else_private(server: SmallTube) -> None:
    for given, kept in (("public", "public"), ("unlisted", "unlisted"), ("", "private"), ("everybody", "private")):
        leaving = CONNECTOR.leave(
            {"client": "c", "secret": "s", "privacy": given}, back="b", state="s", verifier="v" * 43, http=server
        )
        assert leaving.kept["privacy"] == kept
    assert "access_type=offline&prompt=consent" in leaving.address


def test_an_account_without_a_channel_is_told_so(server: SmallTube) -> None:
    server.gone = True
    answers = {"client": server.desk.client, "secret": server.desk.secret, "refresh": REFRESH, "privacy": "public"}
    with pytest.raises(Refused) as refused:
        CONNECTOR.connect(answers, http=server)
    assert "no YouTube channel" in refused.value.reason


def test_a_sign_in_without_what_renews_it_is_refused(server: SmallTube) -> None:
    server.desk.renews = False
    leaving = CONNECTOR.leave(
        {"client": server.desk.client, "secret": server.desk.secret}, back="https://b.example", state="s", verifier="v" * 43, http=server
    )  # fmt: skip
    given = server.desk.consent(leaving.address)
    with pytest.raises(Refused) as refused:
        CONNECTOR.arrive(leaving.kept, given, back="https://b.example", verifier="v" * 43, http=server)
    assert refused.value.mend == "Remove Stoa in your Google account, then sign in again."


@pytest.mark.parametrize(
    ("answer", "trouble", "words"),
    [
        (wrong(401, "authError", "Invalid Credentials"), Expired, "no longer accepts"),
        (wrong(403, "quotaExceeded", "Quota"), TryLater, "for today"),
        (wrong(400, "uploadLimitExceeded", "Too many"), TryLater, "for today"),
        (wrong(403, "rateLimitExceeded", "Slow"), TryLater, "slow down"),
        (Reply(429, b"{}"), TryLater, "slow down"),
        (wrong(401, "youtubeSignupRequired", "No channel"), Reconnect, "closed this account"),
        (wrong(403, "commentsDisabled", "The video has disabled comments."), Refused, "disabled comments"),
        (wrong(400, "invalidTitle", "Bad title"), Refused, "Bad title"),
        (wrong(404, "videoNotFound", "No such video"), Gone, "No such video"),
        (wrong(503, "backendError", "Backend"), Unknown, "503"),
        (Reply(403, b"<html>"), Unknown, "403"),
        (Reply(200, b"[]"), Unknown, "could not be read"),
    ],
)
def test_each_answer_is_the_one_trouble_that_it_is(answer: Reply, trouble: type[Trouble], words: str) -> None:
    with pytest.raises(trouble) as caught:
        wire.body_of(answer)
    assert words in caught.value.reason
    assert type(caught.value) is trouble


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        ("Sun, 01 Mar 2026 12:00:00 GMT", 20 * 3600),  # 04:00 in California, winter time
        ("Sun, 08 Mar 2026 08:30:00 GMT", 22.5 * 3600),  # 00:30 on the day whose night loses an hour
        ("Wed, 01 Jul 2026 06:59:00 GMT", 60),
        ("nonsense", 3600),
    ],
)
def test_what_is_used_up_for_a_day_comes_back_at_midnight_in_california(now: str, seconds: float) -> None:
    assert wire.until_midnight({"Date": now}) == seconds


@pytest.mark.parametrize(
    "thread",
    [7, {}, {"snippet": 5}, {"snippet": {"videoId": "../..", "topLevelComment": {"id": "Ugx1"}}},
     {"snippet": {"videoId": "video000001", "topLevelComment": {"id": "U<x", "snippet": {"authorChannelId": []}}}, "replies": "~"},
     {"snippet": {"videoId": "video000001", "topLevelComment": {"id": "Ugx2", "snippet": {
         "authorChannelId": {"value": "UCx"}, "authorProfileImageUrl": "javascript:x", "publishedAt": "0000", "textOriginal": 5}}}}],
)  # fmt: skip
def test_what_is_not_as_documented_stops_nothing(server: SmallTube, line: Line, thread: Any) -> None:
    made = published(line)
    sound = server.overhear(made.id, "How?")
    kept = server.thread(server.comments[sound])
    server.page = lambda *_: said(200, {"items": [thread, kept], "nextPageToken": 5})  # type: ignore[method-assign]
    heard = CONNECTOR.listen("", over=line).items
    assert heard[-1].id == sound
    assert all(each.author.avatar == "" for each in heard)


def test_ids_are_youtubes_or_none() -> None:
    assert [wire.id_of({"id": each}) for each in ("dQ_4w9WgXc-", "Ugx.9a", "a/b", "ä", "x" * 101, 5)] == [
        "dQ_4w9WgXc-",
        "Ugx.9a",
        "",
        "",
        "",
        "",
    ]
    assert (comments.is_video("dQ_4w9WgXc-"), comments.is_video("Ugx1")) == (True, False)
    assert OWN.startswith("UC")
