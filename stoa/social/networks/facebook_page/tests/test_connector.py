"""What is Facebook's own: requests as documented, no key and what follows from that, pages to choose from, what is heard."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stoa.social.networks.calling import Line
from stoa.social.networks.facebook_page.connector import CONNECTOR
from stoa.social.networks.facebook_page.tests.rehearsal import OWN, PERSON, SmallFacebook
from stoa.social.networks.messages import NOT_OFFERED, Absent, Granted, Outgoing, Picture, Published
from stoa.social.networks.rehearsing import Faults, Reply
from stoa.social.networks.tests.small_graph import CLIENT, MADE, SECRET, TOKEN, error
from stoa.social.networks.trouble import NotSent, Reconnect, Refused, Unknown

LAMP = Picture(b"\x89PNG lamp", "image/png", "A lamp on a bench", 800, 600)
BENCH = Picture(b"\xff\xd8 bench", "image/jpeg", "", 800, 600)
VERIFIER, BACK = "a-verifier-of-enough-characters-0123456789-abcd", "https://stoa.example/back"


@pytest.fixture
def network() -> SmallFacebook:
    return SmallFacebook()


@pytest.fixture
def line(network: SmallFacebook) -> Line:
    _account, granted = CONNECTOR.connect({"token": TOKEN}, http=network)
    return Line(network, granted.credentials)


def post(text: str = "Hello", *pictures: Picture, answers: str = "", link: str = "", marker: str = "") -> Outgoing:
    return Outgoing(text, "k", MADE, MADE, pictures=pictures, answers=answers, link=link, marker=marker)


def sent(network: SmallFacebook) -> list[tuple[str, str, dict[str, str]]]:
    return [
        (call.method, call.path, {name: value for name, value in call.given.items() if name != "access_token"})
        for call in network.calls
        if call.method != "GET"
    ]


def test_words_and_a_link_go_as_documented(network: SmallFacebook, line: Line) -> None:
    link = "https://stoa.example/l/Ab3"
    made = CONNECTOR.publish(post(f"Hello {link}", link=link), over=line)
    assert sent(network) == [("POST", f"v25.0/{OWN}/feed", {"message": f"Hello {link}", "link": link})]
    assert made.id == next(iter(network.posts))
    assert made.address.startswith("https://www.facebook.com/guild/posts/")


def test_pictures_go_byte_for_byte_with_their_descriptions_before_the_post(network: SmallFacebook, line: Line) -> None:
    made = CONNECTOR.publish(
        post("Look", LAMP, replace(BENCH, alt="A bench"), link="https://stoa.example/l/x"), over=line
    )
    assert [(each["bytes"], each["alt"]) for each in network.photos.values()] == [
        (LAMP.content, "A lamp on a bench"), (BENCH.content, "A bench"),
    ]  # fmt: skip
    one, other = network.photos
    assert sent(network)[-1][2] == {
        "message": "Look", "attached_media[0]": f'{{"media_fbid": "{one}"}}', "attached_media[1]": f'{{"media_fbid": "{other}"}}',
    }  # fmt: skip
    assert network.posts[made.id]["alts"] == ("A lamp on a bench", "A bench")


def test_what_was_stored_for_a_post_that_is_refused_is_taken_away(network: SmallFacebook, line: Line) -> None:
    network.publish = lambda call: error(368, "The action attempted has been deemed abusive")  # type: ignore[method-assign]
    with pytest.raises(Refused):
        CONNECTOR.publish(post("Look", LAMP), over=line)
    assert (network.photos, network.posts) == ({}, {})


def test_a_picture_that_cannot_be_stored_proves_that_nothing_was_posted(network: SmallFacebook, line: Line) -> None:
    http = Faults(network, instead=lambda: Reply(500))
    with pytest.raises(NotSent):
        CONNECTOR.publish(post("Look", LAMP), over=Line(http, line.credentials))
    assert network.posts == {}


def test_seven_errors_of_the_server_are_seven_unknowns_and_it_is_found_by_its_link(
    network: SmallFacebook, line: Line
) -> None:
    outgoing = post("Hello https://stoa.example/l/Ab3", marker="/l/Ab3")
    http = Faults(
        network, after=lambda: Reply(500, b'{"error": {"code": 1, "message": "An unknown error has occurred"}}')
    )
    with pytest.raises(Unknown):
        CONNECTOR.publish(outgoing, over=Line(http, line.credentials))
    assert len(network.posts) == 1
    found = CONNECTOR.settle(outgoing, over=line)
    assert isinstance(found, Published)
    assert found.id == next(iter(network.posts))
    assert CONNECTOR.settle(replace(outgoing, marker="/l/Other"), over=line) == Absent()


def test_what_facebook_calls_a_duplicate_is_looked_for_first(network: SmallFacebook, line: Line) -> None:
    first = CONNECTOR.publish(post("Hello"), over=line)
    network.twice = True
    assert CONNECTOR.publish(post("Hello"), over=line).id == first.id
    assert len(network.posts) == 1
    with pytest.raises(Refused) as refused:
        CONNECTOR.publish(replace(post("Hello"), marker="/l/new"), over=line)
    assert "posted already" in refused.value.reason


def test_a_comment_is_made_answered_changed_hidden_and_deleted(network: SmallFacebook, line: Line) -> None:
    made = CONNECTOR.publish(post("Hello"), over=line)
    theirs = network.overhear(made.id, "How?")
    ours = CONNECTOR.reply(post("Like this", answers=theirs), over=line)
    assert sent(network)[-1] == ("POST", f"v25.0/{theirs}/comments", {"message": "Like this"})
    assert CONNECTOR.settle(post("Like this", answers=theirs), over=line).id == ours.id  # type: ignore[union-attr]
    assert CONNECTOR.settle(post("How?", answers=made.id), over=line) == Absent()
    changed = CONNECTOR.edit(ours.id, post("Like that", answers=theirs), over=line)
    assert (network.comments[ours.id]["message"], changed.id) == ("Like that", ours.id)
    CONNECTOR.hide(theirs, over=line)
    assert network.comments[theirs]["is_hidden"] == "true"
    CONNECTOR.show(theirs, over=line)
    assert network.comments[theirs]["is_hidden"] == "false"
    CONNECTOR.delete(ours.id, over=line)
    assert ours.id not in network.comments


def test_other_words_leave_the_pictures_as_they_are(network: SmallFacebook, line: Line) -> None:
    made = CONNECTOR.publish(post("Hello", LAMP), over=line)
    CONNECTOR.edit(made.id, post("Hello there", LAMP), over=line)
    assert sent(network)[-1] == ("POST", f"v25.0/{made.id}", {"message": "Hello there"})
    assert network.posts[made.id]["alts"] == ("A lamp on a bench",)


def test_an_edit_that_was_not_done_is_not_taken_for_done_because_somebody_commented(
    network: SmallFacebook, line: Line
) -> None:
    made = CONNECTOR.publish(replace(post("Hello /l/abc"), marker="/l/abc"), over=line)
    network.overhear(made.id, "How?")
    network.posts[made.id]["updated_time"] = network.stamp(18_000_000_000_000_900)
    found = CONNECTOR.settle(replace(post("Hello there /l/abc"), marker="/l/abc"), over=line)
    assert isinstance(found, Published)
    assert found.version == made.version


def test_what_others_say_is_heard_with_its_place_and_strangers_stay_strangers(
    network: SmallFacebook, line: Line
) -> None:
    made = CONNECTOR.publish(post("Hello"), over=line)
    CONNECTOR.reply(post("Our own", answers=made.id), over=line)
    theirs = network.overhear(made.id, "How?")
    deeper = network.overhear(theirs, "And when?")
    network.comments[deeper].pop("from")
    network.posts["9_9"] = {
        "id": "9_9", "message": "Hello guild", "created_time": network.stamp(18_000_000_000_000_900), "alts": (),
        "permalink_url": "https://www.facebook.com/9", "from": {"id": "9", "name": "Tom"},
    }  # fmt: skip
    heard = CONNECTOR.listen("", over=line)
    assert [(each.kind, each.id, each.in_reply_to, each.about) for each in heard.items] == [
        ("reply", theirs, made.id, made.id), ("reply", deeper, theirs, made.id), ("mention", "9_9", "", ""),
    ]  # fmt: skip
    assert [(each.author.id, each.author.name) for each in heard.items] == [
        ("7001", "Rosa"), (f"not told/{deeper}", "Somebody on Facebook"), ("9", "Tom"),
    ]  # fmt: skip


def test_reach_that_is_not_told_is_not_offered(network: SmallFacebook, line: Line) -> None:
    made = CONNECTOR.publish(post("Hello"), over=line)
    whole = network.of_one
    network.of_one = lambda id, edge, call: (  # type: ignore[method-assign]
        error(100, "Insights are not available") if edge == "insights" else whole(id, edge, call)
    )
    told = {each.measure: each.value for each in CONNECTOR.measure([made.id], over=line).readings}
    assert told == {"likes": 0, "replies": 0, "shares": 0, "reach": NOT_OFFERED, "views": NOT_OFFERED}


def arrive(network: SmallFacebook) -> Granted:
    left = CONNECTOR.leave({"client": CLIENT, "secret": SECRET}, back=BACK, state="s", verifier=VERIFIER, http=network)
    assert left.address.startswith("https://www.facebook.com/v25.0/dialog/oauth?client_id=990602627938098&")
    given = network.consent(left.address)
    ((account, granted),) = CONNECTOR.arrive(left.kept, given, back=BACK, verifier=VERIFIER, http=network)
    assert account.id == OWN
    return granted


def test_signing_in_brings_the_pages_that_one_may_write_for_with_tokens_of_their_own(network: SmallFacebook) -> None:
    granted = arrive(network)
    assert granted.credentials["token"] == TOKEN
    assert PERSON not in granted.credentials.values()
    assert SECRET not in granted.credentials.values()
    assert granted.ends_at == datetime.fromtimestamp(1_780_000_000, UTC)
    kept = CONNECTOR.refresh(over=Line(network, granted.credentials))
    assert (kept.credentials, kept.ends_at) == (granted.credentials, granted.ends_at)


def test_what_was_not_allowed_is_named_when_one_comes_back(network: SmallFacebook) -> None:
    network.scopes = ["pages_show_list", "pages_manage_posts", "pages_read_engagement", "read_insights"]
    with pytest.raises(Refused) as refused:
        arrive(network)
    assert refused.value.reason == "Facebook did not allow pages_read_user_content, pages_manage_engagement."


def test_a_persons_own_token_and_a_wrong_one_do_not_connect(network: SmallFacebook) -> None:
    with pytest.raises(Refused):
        CONNECTOR.connect({"token": "wrong"}, http=network)
    network.of_page = lambda edge, call: error(100, "Tried accessing nonexisting field (category)")  # type: ignore[method-assign]
    with pytest.raises(Refused) as refused:
        CONNECTOR.connect({"token": TOKEN}, http=network)
    assert refused.value.reason.startswith("This is not the token of a page.")


def test_an_account_in_a_checkpoint_asks_to_be_connected_again(network: SmallFacebook, line: Line) -> None:
    network.befall("locked")
    with pytest.raises(Reconnect):
        CONNECTOR.publish(post("Hello"), over=line)
