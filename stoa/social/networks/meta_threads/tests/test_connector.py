"""What is Threads' own: requests as documented, containers, threads, what is heard, what is hidden."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import parse_qs, urlsplit

import pytest

from stoa.social.networks.calling import Line
from stoa.social.networks.messages import Absent, Outgoing, Pending, Picture, Prepared, Published, Told, Video
from stoa.social.networks.meta_threads.connector import CONNECTOR
from stoa.social.networks.meta_threads.tests.rehearsal import OWN, SmallThreads
from stoa.social.networks.tests.small_graph import CLIENT, MADE, SECRET, TOKEN
from stoa.social.networks.trouble import Gone, Reconnect, Refused, TryLater, Unknown

LAMP = Picture(b"x", "image/jpeg", "A lamp", 800, 600, "https://stoa.example/fetch/t/picture.jpg")
BENCH = replace(LAMP, alt="A bench", address="https://stoa.example/fetch/u/picture.jpg")


@pytest.fixture
def network() -> SmallThreads:
    return SmallThreads()


@pytest.fixture
def line(network: SmallThreads) -> Line:
    _account, granted = CONNECTOR.connect({"token": TOKEN}, http=network)
    return Line(network, granted.credentials)


def post(text: str = "Hello", *pictures: Picture, answers: str = "", marker: str = "") -> Outgoing:
    return Outgoing(text, "k", MADE, MADE, pictures=pictures, answers=answers, marker=marker)


def sent(network: SmallThreads) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (call.method, call.path, {name: value for name, value in call.given.items() if name != "access_token"})
        for call in network.calls
        if call.method != "GET"
    ]


def prepared(outgoing: Outgoing, line: Line) -> Outgoing:
    handle = ""
    while isinstance(made := CONNECTOR.prepare(outgoing, over=line, handle=handle), Pending):
        handle = made.handle
    return replace(outgoing, prepared=made.handle)


def test_a_text_is_made_and_published_as_documented(network: SmallThreads, line: Line) -> None:
    made = CONNECTOR.publish(prepared(post("Hello"), line), over=line)
    box = next(iter(network.boxes))
    assert sent(network) == [
        ("POST", f"v1.0/{OWN}/threads", {"media_type": "TEXT", "text": "Hello"}),
        ("POST", f"v1.0/{OWN}/threads_publish", {"creation_id": box}),
    ]
    assert made.address == f"https://www.threads.com/@guild/post/{made.id}"
    assert {call.host for call in network.calls} == {"graph.threads.com"}


def test_a_picture_goes_with_its_description_and_the_network_fetches_it(network: SmallThreads, line: Line) -> None:
    CONNECTOR.publish(prepared(post("Look", LAMP), line), over=line)
    assert sent(network)[0][2] == {
        "media_type": "IMAGE", "image_url": "https://stoa.example/fetch/t/picture.jpg", "alt_text": "A lamp", "text": "Look",
    }  # fmt: skip
    with pytest.raises(Refused) as refused:
        CONNECTOR.prepare(post("Look", replace(LAMP, address="")), over=line)
    assert "cannot reach it" in refused.value.reason


def test_several_pictures_are_made_one_by_one_and_then_together(network: SmallThreads, line: Line) -> None:
    network.slow = 1
    first = CONNECTOR.prepare(post("Look", LAMP, BENCH), over=line)
    assert isinstance(first, Pending)
    one, other = network.boxes
    assert first.handle == f"each:{one},{other}"
    again = CONNECTOR.prepare(post("Look", LAMP, BENCH), over=line, handle=first.handle)
    assert again == first
    ready = prepared(post("Look", LAMP, BENCH), line)
    assert [each[2].get("is_carousel_item") for each in sent(network)[:2]] == ["true", "true"]
    album = next(each[2] for each in sent(network) if "children" in each[2])
    assert album["media_type"] == "CAROUSEL"
    assert album["text"] == "Look"
    made = CONNECTOR.publish(ready, over=line)
    assert network.posts[made.id]["alts"] == ("A lamp", "A bench")


def test_a_video_goes_by_its_address_and_is_waited_for(network: SmallThreads, line: Line) -> None:
    network.slow = 2
    video = Video(lambda: BytesIO(b""), 1, "video/mp4", "A porch", 9, 16, 8.0, "https://stoa.example/fetch/v/video.mp4")
    made = CONNECTOR.prepare(replace(post("Look"), video=video), over=line)
    assert isinstance(made, Pending)
    assert made.after == 30
    assert sent(network)[0][2] == {
        "media_type": "VIDEO", "video_url": video.address, "alt_text": "A porch", "text": "Look",
    }  # fmt: skip


def test_a_container_counts_once_whatever_became_of_the_answer(network: SmallThreads, line: Line) -> None:
    ready = prepared(post("Hello"), line)
    first, again = CONNECTOR.publish(ready, over=line), CONNECTOR.publish(ready, over=line)
    assert (again.id, len(network.posts)) == (first.id, 1)
    assert CONNECTOR.settle(ready, over=line) == again
    network.posts.clear()
    with pytest.raises(TryLater):
        CONNECTOR.settle(ready, over=line)
    with pytest.raises(Unknown):
        CONNECTOR.publish(ready, over=line)


def test_what_was_never_published_is_proven_absent_though_the_same_words_stand_there(
    network: SmallThreads, line: Line
) -> None:
    CONNECTOR.publish(prepared(post("Hello"), line), over=line)
    assert CONNECTOR.settle(prepared(post("Hello"), line), over=line) == Absent()


def test_a_container_that_is_over_is_gone_and_one_that_failed_says_why(network: SmallThreads, line: Line) -> None:
    ready = prepared(post("Look", LAMP), line)
    network.boxes[ready.prepared]["status"] = "EXPIRED"
    with pytest.raises(Gone):
        CONNECTOR.publish(ready, over=line)
    network.boxes[ready.prepared] |= {"status": "ERROR", "error_message": "FAILED_DOWNLOADING_VIDEO"}
    with pytest.raises(Refused) as refused:
        CONNECTOR.prepare(post("Look", LAMP), over=line, handle=f"whole:{ready.prepared}")
    assert "FAILED_DOWNLOADING_VIDEO" in refused.value.reason
    assert CONNECTOR.settle(ready, over=line) == Absent()


def test_a_thread_hangs_together_and_the_middle_is_found_again(network: SmallThreads, line: Line) -> None:
    first = CONNECTOR.publish(prepared(post("One"), line), over=line)
    second = CONNECTOR.reply(prepared(post("Two", answers=first.id), line), over=line)
    assert network.posts[second.id]["replied_to"] == {"id": first.id}
    found = CONNECTOR.settle(post("Two", answers=first.id), over=line)
    assert isinstance(found, Published)
    assert (found.id, found.address) == (second.id, second.address)


def test_our_own_words_are_not_heard_and_a_mention_is(network: SmallThreads, line: Line) -> None:
    made = CONNECTOR.publish(prepared(post("One"), line), over=line)
    CONNECTOR.reply(prepared(post("Two", answers=made.id), line), over=line)
    theirs = network.overhear(made.id, "How?")
    deeper = network.overhear(theirs, "So.")
    network.mentions.append(network.put("tom", "@guild hello", ""))
    heard = CONNECTOR.listen("", over=line)
    assert [(each.kind, each.text, each.in_reply_to, each.root, each.about) for each in heard.items] == [
        ("reply", "How?", made.id, made.id, made.id), ("reply", "So.", theirs, made.id, made.id), ("mention", "@guild hello", "", "", ""),
    ]  # fmt: skip
    assert [each.author.id for each in heard.items] == ["@rosa", "@rosa", "@tom"]
    assert deeper in {each.id for each in heard.items}
    assert CONNECTOR.listen(heard.cursor, over=line).cursor == heard.cursor


def test_an_answer_is_hidden_and_shown_as_documented(network: SmallThreads, line: Line) -> None:
    made = CONNECTOR.publish(prepared(post("One"), line), over=line)
    theirs = network.overhear(made.id, "Buy this")
    CONNECTOR.hide(theirs, over=line)
    assert network.calls[-1].path == f"v1.0/{theirs}/manage_reply"
    assert network.calls[-1].given["hide"] == "true"
    CONNECTOR.show(theirs, over=line)
    assert network.posts[theirs]["hide_status"] == "UNHUSHED"


def test_the_limit_of_today_is_read_where_the_network_tells_it(network: SmallThreads, line: Line) -> None:
    address = f"https://graph.threads.com/v1.0/{OWN}/threads_publishing_limit"
    assert CONNECTOR.tell(over=line) == Told(address, posts=(250, 86_400), used=0)


def test_signing_in_gives_a_long_token_that_is_renewed_in_time(network: SmallThreads) -> None:
    verifier = "a-verifier-of-enough-characters-0123456789-abcd"
    answers = {"client": CLIENT, "secret": SECRET}
    left = CONNECTOR.leave(answers, back="https://stoa.example/back", state="s", verifier=verifier, http=network)
    query = parse_qs(urlsplit(left.address).query)
    assert left.address.startswith("https://threads.com/oauth/authorize?client_id=990602627938098&")
    assert query["scope"] == [",".join(scope.name for scope in CONNECTOR.scopes)]
    given = network.consent(left.address)
    ((account, granted),) = CONNECTOR.arrive(
        left.kept, given, back="https://stoa.example/back", verifier=verifier, http=network
    )
    assert (account.id, granted.credentials["token"], account.handle) == (OWN, TOKEN, "guild")
    assert granted.ends_at == datetime(2026, 4, 30, 11, 59, 4, tzinfo=UTC)
    assert granted.fresh_until == datetime(2026, 3, 31, 11, 59, 32, tzinfo=UTC)
    renewed = CONNECTOR.refresh(over=Line(network, granted.credentials))
    assert renewed.ends_at == granted.ends_at
    asked = [(call.path, call.given.get("grant_type")) for call in network.calls]
    assert ("access_token", "th_exchange_token") in asked
    assert ("refresh_access_token", "th_refresh_token") in asked
    network.befall("revoked")
    with pytest.raises(Reconnect):
        CONNECTOR.refresh(over=Line(network, granted.credentials))


def test_an_emoji_counts_as_its_bytes_and_too_long_a_text_is_never_sent(network: SmallThreads, line: Line) -> None:
    assert isinstance(CONNECTOR.prepare(post("\U0001f642" * 125), over=line), Prepared)
    before = len(network.calls)
    with pytest.raises(Refused) as refused:
        CONNECTOR.prepare(post("\U0001f642" * 126), over=line)
    assert refused.value.mend == "Shorten it by 4 characters."
    assert len(network.calls) == before
