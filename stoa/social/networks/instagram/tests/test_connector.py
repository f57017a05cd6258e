"""What is Instagram's own: containers as documented, comments of two kinds, what is heard and what is not."""

import json
from dataclasses import replace
from io import BytesIO

import pytest

from stoa.social.networks.calling import Line
from stoa.social.networks.instagram.connector import CONNECTOR
from stoa.social.networks.instagram.tests.rehearsal import OWN, SCOPED, SmallInstagram
from stoa.social.networks.messages import (
    NOT_OFFERED,
    Absent,
    Outgoing,
    Pending,
    Picture,
    Prepared,
    Published,
    Told,
    Video,
)
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.tests.small_graph import CLIENT, MADE, SECRET, TOKEN, Call, error
from stoa.social.networks.trouble import Gone, Reconnect, Refused, Unknown

LAMP = Picture(b"x", "image/jpeg", "A lamp", 800, 800, "https://stoa.example/fetch/t/picture.jpg")
BENCH = replace(LAMP, alt="A bench", address="https://stoa.example/fetch/u/picture.jpg")


@pytest.fixture
def network() -> SmallInstagram:
    return SmallInstagram()


@pytest.fixture
def line(network: SmallInstagram) -> Line:
    _account, granted = CONNECTOR.connect({"token": TOKEN}, http=network)
    return Line(network, granted.credentials)


def post(text: str = "Hello", *pictures: Picture, answers: str = "") -> Outgoing:
    return Outgoing(text, "k", MADE, MADE, pictures=pictures or (() if answers else (LAMP,)), answers=answers)


def prepared(outgoing: Outgoing, line: Line) -> Outgoing:
    handle = ""
    while isinstance(made := CONNECTOR.prepare(outgoing, over=line, handle=handle), Pending):
        handle = made.handle
    return replace(outgoing, prepared=made.handle)


def publish(outgoing: Outgoing, line: Line) -> Published:
    return CONNECTOR.publish(prepared(outgoing, line), over=line)


def sent(network: SmallInstagram) -> list[tuple[str, str, dict[str, str]]]:
    return [(call.method, call.path, dict(call.given)) for call in network.calls if call.method != "GET"]


def test_a_picture_is_made_and_published_as_documented(network: SmallInstagram, line: Line) -> None:
    made = publish(post("Look"), line)
    assert sent(network) == [
        ("POST", f"v25.0/{OWN}/media", {"caption": "Look", "image_url": LAMP.address, "alt_text": "A lamp"}),
        ("POST", f"v25.0/{OWN}/media_publish", {"creation_id": next(iter(network.boxes))}),
    ]
    assert {call.host for call in network.calls} == {"graph.instagram.com"}
    assert made.id == f"post/{next(iter(network.media))}"
    assert made.address.startswith("https://www.instagram.com/p/")


def test_the_token_travels_in_the_header_alone(network: SmallInstagram, line: Line) -> None:
    publish(post("Look"), line)
    assert not [call for call in network.calls if TOKEN in str(call.given) or "access_token" in call.given]


def test_several_pictures_are_one_album_in_their_order(network: SmallInstagram, line: Line) -> None:
    network.slow = 1
    made = publish(post("Look", LAMP, BENCH), line)
    one, other = list(network.boxes)[:2]
    album = network.boxes[list(network.boxes)[2]]
    assert (album["media_type"], album["children"], album["caption"]) == ("CAROUSEL", f"{one},{other}", "Look")
    assert "caption" not in network.boxes[one]
    assert network.media[made.id.removeprefix("post/")]["alts"] == ("A lamp", "A bench")


def test_a_video_goes_as_a_reel(network: SmallInstagram, line: Line) -> None:
    video = Video(lambda: BytesIO(b""), 1, "video/mp4", "A porch", 9, 16, 8.0, "https://stoa.example/fetch/v/video.mp4")
    publish(replace(post("Look"), pictures=(), video=video), line)
    assert sent(network)[0][2] == {"caption": "Look", "media_type": "REELS", "video_url": video.address}


def test_a_container_counts_once_and_an_unpublished_one_proves_absence(network: SmallInstagram, line: Line) -> None:
    ready = prepared(post("Look"), line)
    assert CONNECTOR.settle(ready, over=line) == Absent()
    first = CONNECTOR.publish(ready, over=line)
    assert CONNECTOR.publish(ready, over=line).id == first.id
    assert len(network.media) == 1
    network.media.clear()
    with pytest.raises(Unknown):
        CONNECTOR.publish(ready, over=line)


@pytest.mark.parametrize(
    ("text", "pictures", "reason"),
    [
        ("Words alone", (), "without a picture or a video"), ("#a " * 31, (LAMP,), "30 hashtags"), ("@a " * 21, (LAMP,), "20 mentions"),
        ("x" * 2201, (LAMP,), "2200 characters"), ("Look", (replace(LAMP, address=""),), "cannot reach it"),
    ],
)  # fmt: skip
def test_what_would_be_refused_is_never_sent(
    network: SmallInstagram, line: Line, text: str, pictures: tuple[Picture, ...], reason: str
) -> None:
    before = len(network.calls)
    with pytest.raises(Refused) as refused:
        CONNECTOR.prepare(replace(post(text), pictures=pictures), over=line)
    assert reason in refused.value.reason
    assert refused.value.mend
    assert len(network.calls) == before


def test_comments_are_answered_below_the_first_one_and_found_again(network: SmallInstagram, line: Line) -> None:
    made = publish(post("Look"), line)
    first = CONNECTOR.reply(post("The address", answers=made.id), over=line)
    theirs = network.overhear(made.id, "How?")
    deeper = network.overhear(theirs, "And when?")
    answered = CONNECTOR.reply(post("On Friday", answers=deeper), over=line)
    media, top = made.id.removeprefix("post/"), theirs.removeprefix("comment/")
    assert sent(network)[-2:] == [
        ("POST", f"v25.0/{media}/comments", {"message": "The address"}), ("POST", f"v25.0/{top}/replies", {"message": "On Friday"}),
    ]  # fmt: skip
    assert first.address == answered.address == made.address
    assert answered.id.startswith(f"comment/{top}/")
    assert CONNECTOR.settle(post("On Friday", answers=deeper), over=line).id == answered.id  # type: ignore[union-attr]
    assert CONNECTOR.settle(post("Never said", answers=deeper), over=line) == Absent()
    assert CONNECTOR.settle(post("How?", answers=made.id), over=line) == Absent()
    assert CONNECTOR.prepare(post("On Friday", answers=deeper), over=line) == Prepared("comment")


def test_what_was_said_is_heard_once_with_its_place_and_our_own_words_are_not(
    network: SmallInstagram, line: Line
) -> None:
    made = publish(post("Look"), line)
    CONNECTOR.reply(post("Our own", answers=made.id), over=line)
    theirs = network.overhear(made.id, "How?")
    deeper = network.overhear(theirs, "And when?")
    network.tagged.append({"id": "55", "caption": "With @guild", "timestamp": network.stamp(18_000_000_000_000_900), "username": "tom",
                           "permalink": "https://www.instagram.com/p/Ctom/"})  # fmt: skip
    heard = CONNECTOR.listen("", over=line)
    assert [(each.kind, each.id, each.in_reply_to, each.about) for each in heard.items] == [
        ("reply", theirs, made.id, made.id), ("reply", deeper, theirs, made.id), ("mention", "theirs/55", "", ""),
    ]  # fmt: skip
    assert [each.author.id for each in heard.items] == ["7001", "7001", "@tom"]
    with pytest.raises(Refused):
        CONNECTOR.reply(post("Thank you", answers="theirs/55"), over=line)


def test_a_long_silence_is_caught_up_without_a_gap(network: SmallInstagram, line: Line) -> None:
    made = publish(post("Look"), line)
    network.overhear(made.id, "first")
    before = CONNECTOR.listen("", over=line)
    for _each in range(1000):  # so that the next ones lie beyond the overlap
        next(network.numbers)
    said = [network.overhear(made.id, f"number {number}") for number in range(120)]
    whole, inner = network.below, network.answer

    def paged(call: Call) -> Reply:
        """As the real one: fifty at a time, the newest first."""
        start = int(call.given.get("after", "0"))
        network.below = lambda id: whole(id)[start : start + 50]  # type: ignore[method-assign]
        answer = inner(call)
        if call.path.endswith("/comments") and start + 50 < 121:
            body = answer.json() | {"paging": {"cursors": {"after": str(start + 50)}, "next": "https://x.example/"}}
            return Reply(200, json.dumps(body).encode())
        return answer

    network.answer = paged  # type: ignore[method-assign]
    heard = CONNECTOR.listen(before.cursor, over=line)
    assert {each.id for each in heard.items} >= set(said)


@pytest.mark.parametrize("id", ["", "7", "post/", "post/x", "post/7/../8", "story/7", "comment/7/é"])
def test_what_is_no_id_of_ours_is_gone_and_nothing_is_asked(network: SmallInstagram, line: Line, id: str) -> None:
    before = len(network.calls)
    with pytest.raises(Gone):
        CONNECTOR.reply(post("x", answers=id or "x"), over=line)
    assert len(network.calls) == before


def test_numbers_that_are_not_told_yet_are_not_offered(network: SmallInstagram, line: Line) -> None:
    made = publish(post("Look"), line)
    told = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert told == {"likes": 0, "replies": 0, "reach": 3, "views": 3, "shares": 3, "saves": 3}
    whole = network.of_media
    network.of_media = lambda id, edge, call: (  # type: ignore[method-assign]
        error(10, "Not enough viewers for the media to show insights") if edge == "insights" else whole(id, edge, call)
    )
    told = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert told == {"likes": 0, "replies": 0} | dict.fromkeys(("reach", "views", "shares", "saves"), NOT_OFFERED)


def test_a_comment_is_hidden_and_shown_as_documented(network: SmallInstagram, line: Line) -> None:
    made = publish(post("Look"), line)
    theirs = network.overhear(made.id, "Buy this")
    CONNECTOR.hide(theirs, over=line)
    assert sent(network)[-1] == ("POST", f"v25.0/{theirs.removeprefix('comment/')}", {"hide": "true"})
    CONNECTOR.show(theirs, over=line)
    assert sent(network)[-1][2] == {"hide": "false"}


def test_the_limit_of_today_is_read_where_the_network_tells_it(network: SmallInstagram, line: Line) -> None:
    address = f"https://graph.instagram.com/v25.0/{OWN}/content_publishing_limit"
    assert CONNECTOR.tell(over=line) == Told(address, posts=(50, 86_400), used=0)


def test_signing_in_asks_where_the_documents_say(network: SmallInstagram) -> None:
    verifier, back = "a-verifier-of-enough-characters-0123456789-abcd", "https://stoa.example/back"
    left = CONNECTOR.leave({"client": CLIENT, "secret": SECRET}, back=back, state="s", verifier=verifier, http=network)
    assert left.address.startswith("https://www.instagram.com/oauth/authorize?")
    given = network.consent(left.address)
    ((account, granted),) = CONNECTOR.arrive(left.kept, given, back=back, verifier=verifier, http=network)
    assert (account.id, granted.credentials["scoped"], account.handle) == (OWN, SCOPED, "guild")
    assert granted.ends_at
    assert granted.fresh_until
    asked = [(call.method, call.host, call.path) for call in network.calls]
    assert asked[:2] == [
        ("POST", "api.instagram.com", "oauth/access_token"), ("GET", "graph.instagram.com", "access_token"),
    ]  # fmt: skip
    with pytest.raises(Refused) as refused:
        CONNECTOR.arrive(left.kept, given, back=back, verifier=verifier, http=network)
    assert "Invalid authorization code" in refused.value.reason
    network.befall("revoked")
    with pytest.raises(Reconnect):
        CONNECTOR.refresh(over=Line(network, granted.credentials))
