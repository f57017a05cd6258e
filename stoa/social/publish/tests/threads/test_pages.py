"""The composer with parts and a first comment, and the pages that show them together."""

import pytest
from django.test import Client

from stoa.base.actors import Actor
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Rules
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import agenda
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.pieces import Written, pieces_of, why_joined
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.social.publish.tests.makers import START, make_thread, run
from stoa.spaces.tests.makers import make_staff


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def test_a_post_in_parts_with_a_comment_is_written_kept_and_sent(
    browser: Client, channel: Channel, network: HostileNetwork
) -> None:
    given = {
        "channels": channel.shown_id, "text": "One.\r\n---\r\nTwo.", "comment": "More.", "is_numbered": "on", "target": "/join/",
    }  # fmt: skip
    kept = browser.post("/desk/posts/new/", given | {"act": "draft"})
    shown = browser.get(kept["Location"]).content.decode()
    assert [each in shown for each in ("One.", "---", "More.</textarea>", "Part 2", "First comment")] == [True] * 5
    assert browser.post(kept["Location"], given | {"act": "now"}).status_code == 303
    run()
    first = network.posts[0]
    link = Delivery.objects.get(role="post").link.address
    assert [post.text for post in network.posts] == [f"One. 1/2\n\n{link}", "Two. 2/2", "More."]
    assert [post.answers for post in network.posts] == ["", first.id, first.id]
    assert Post.objects.get().title == "One. Two."


def test_add_a_part_works_without_scripts_and_loses_nothing(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "One.", "comment": "More.", "act": "part"}
    shown = browser.post("/desk/posts/new/", given)
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "One.\n\n---\n\n</textarea>" in text
    assert "More.</textarea>" in text
    assert not Post.objects.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"text": f"One.\n---\n{'x' * 501}"}, "Porch, Part 2: The text has 501 characters"),
        ({"text": "One.", "comment": "x" * 501}, "Porch, First comment: The text has 501 characters"),
        ({"text": "\n---\n".join("x" * 26)}, "at most 25 parts"),
    ],
)
def test_each_part_is_held_to_the_networks_limits_and_what_was_typed_is_kept(
    given: dict[str, str], said: str, browser: Client, channel: Channel
) -> None:
    sent = browser.post("/desk/posts/new/", {"channels": channel.shown_id, "act": "now", **given})
    shown = sent.content.decode()
    assert (sent.status_code, said in shown, Delivery.objects.count()) == (422, True, 0)
    assert given["text"][-20:] in shown


def test_a_channel_has_its_own_parts_and_its_own_comment(
    browser: Client, channel: Channel, network: HostileNetwork
) -> None:
    other = make_channel("hostile", "other")
    given = {
        "channels": [channel.shown_id, other.shown_id], "text": "One.\n---\nTwo.", "comment": "More.", "act": "now",
        f"own-{other.shown_id}": "All in one.", f"comment-{other.shown_id}": "Read on.",
    }  # fmt: skip
    assert browser.post("/desk/posts/new/", given).status_code == 303
    run()
    texts = {row.text for row in Delivery.objects.filter(channel=other)}
    assert texts == {"All in one.", "Read on."}
    assert sorted(post.text for post in network.posts) == ["All in one.", "More.", "One.", "Read on.", "Two."]


def test_what_a_network_cannot_show_apart_is_joined_and_said(channel: Channel, monkeypatch: pytest.MonkeyPatch) -> None:
    written, whole = Written("One.\n---\nTwo.", "More.", link="https://x.example"), HostileConnector().rules
    assert [piece.role for piece in pieces_of(written, channel)] == ["post", "part", "comment"]
    assert why_joined(written, channel) == ""
    rules = Rules(whole.text, whole.pictures, whole.link, threads=False, lag=0.0)
    monkeypatch.setattr(HostileConnector, "rules", property(lambda self: rules))
    assert [piece.framed.text for piece in pieces_of(written, channel)] == [
        "One.\n\nTwo.\n\nhttps://x.example", "More.",
    ]  # fmt: skip
    assert why_joined(written, channel).startswith("There are no threads on Porch: the 2 parts")
    monkeypatch.setattr("stoa.social.publish.pieces.takes_comments", lambda channel: False)
    assert [piece.framed.text for piece in pieces_of(written, channel)] == [
        "One.\n\nTwo.\n\nMore.\n\nhttps://x.example",
    ]  # fmt: skip


def test_credit_stands_in_the_first_part_whatever_the_others_say(channel: Channel) -> None:
    pieces = pieces_of(Written("One.\n---\nWords by Ines", credit="Words by Ines"), channel)
    assert [piece.framed.text for piece in pieces] == ["One.\n\nWords by Ines", "Words by Ines"]


def test_the_pages_show_the_parts_together_and_count_the_thread_once(
    browser: Client, channel: Channel, network: HostileNetwork, staff: Actor
) -> None:
    network.choose = lambda n: "refused" if n == 2 else "ok"
    rows = make_thread(channel, by=staff)
    run(hours=1)
    post = Post.objects.get()
    for address in ("/desk/posts/", f"/desk/posts/{post.shown_id}/"):
        assert "1 of 3 parts published" in browser.get(address).content.decode()
    shown = browser.get(f"/desk/deliveries/{rows[1].shown_id}/").content.decode()
    assert [
        each in shown
        for each in (
            "All its parts",
            "Waits for part 2",
            "Publish the rest without it",
            "Take the whole down",
            "/edit/",
        )
    ] == [True] * 5
    items = list(agenda.items(staff, START.replace(hour=0), START.replace(hour=23)))
    assert [each.state for each in items] == ["1 of 3 parts published"]


def test_a_part_is_changed_by_its_own_words_and_left_out_at_a_press(
    browser: Client, channel: Channel, network: HostileNetwork, staff: Actor
) -> None:
    network.choose = lambda n: "refused" if n == 2 else "ok"
    rows = make_thread(channel, by=staff)
    run(hours=1)
    form = f"/desk/deliveries/{rows[1].shown_id}/edit/"
    shown = browser.get(form).content.decode()
    assert ("Two.</textarea>" in shown, "One." in shown, 'name="wall"' in shown) == (True, False, False)
    assert browser.post(form, {"channels": channel.shown_id, "text": ""}).status_code == 422
    sent = browser.post(form, {"channels": channel.shown_id, "text": "Second.", "act": "now"})
    assert (sent.status_code, Delivery.objects.get(id=rows[1].id).text) == (303, "Second.")
    left = browser.post(f"/desk/deliveries/{rows[2].shown_id}/omission/")
    assert (left.status_code, Delivery.objects.get(id=rows[2].id).state) == (303, "withdrawn")
