"""The composer, the post's page, the log, the desk's lists and the counting redirect, as a browser asks for them."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.base.models.site import ONLY, Site
from stoa.base.shell import forget_site
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import agenda, material, today
from stoa.social.publish.composing import channels_for
from stoa.social.publish.material import Kind, Material
from stoa.social.publish.models import ClickDay, Delivery, Post
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.social.publish.tests.makers import START, make_delivery, make_post, run
from stoa.spaces.tests.makers import make_staff

STORY = Material(
    "test.story", 7, title="The lamp", text="It works again.", credit="Words by Ines, with consent",
    target="/topics/1/", terms="Until 1 June", channels=None,
)  # fmt: skip


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


@pytest.fixture
def story() -> Iterator[Material]:
    material.register(
        Kind("test.story", lambda: "Stories", lambda actor, asked, most: [STORY], lambda actor, number: STORY)
    )
    yield STORY
    material._kinds.pop("test.story")


def test_a_draft_is_kept_and_edited_and_sent(browser: Client, channel: Channel, network: HostileNetwork) -> None:
    given = {"channels": channel.shown_id, "text": "Wax the zip.", "target": "/join/", "act": "draft"}
    kept = browser.post("/desk/posts/new/", given)
    post = Post.objects.get()
    assert (kept.status_code, kept["Location"], post.state) == (303, f"/desk/posts/{post.shown_id}/edit/", "draft")
    assert b"Wax the zip." in browser.get(kept["Location"]).content
    sent = browser.post(kept["Location"], given | {"text": "Wax it twice.", "act": "now"})
    assert sent["Location"] == f"/desk/posts/{post.shown_id}/"
    run()
    assert [posted.text.split("\n\n")[0] for posted in network.posts] == ["Wax it twice."]


def test_each_channel_has_its_own_text_and_its_own_link(
    browser: Client, channel: Channel, network: HostileNetwork
) -> None:
    other = make_channel("hostile", "other")
    given = {"channels": [channel.shown_id, other.shown_id], "text": "Shared.", "target": "/join/", "act": "now",
             f"own-{other.shown_id}": "For the others."}  # fmt: skip
    assert browser.post("/desk/posts/new/", given).status_code == 303
    first, second = Delivery.objects.order_by("channel__handle")[::-1]
    assert first.text == f"Shared.\n\n{first.link.address}"
    assert second.text == f"For the others.\n\n{second.link.address}"
    assert first.marker != second.marker


def test_the_credit_of_material_cannot_be_removed(
    browser: Client, channel: Channel, story: Material, network: HostileNetwork
) -> None:
    address = f"/desk/posts/new/?material=test.story:{ids.shown(7)}"
    page = browser.get(address).content.decode()
    assert STORY.credit in page
    given = {"channels": channel.shown_id, "text": "My own words.", "target": "", "act": "now", "credit": ""}
    assert browser.post(address, given).status_code == 303
    delivery = Delivery.objects.get()
    assert delivery.text == f"My own words.\n\n{STORY.credit}\n\n{delivery.link.address}"
    assert (delivery.about_key, delivery.about_id, delivery.link.target) == ("test.story", 7, "/topics/1/")


def test_a_text_that_is_too_long_is_refused_beside_its_field_and_kept(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "x" * 501, "act": "now"}
    answer = browser.post("/desk/posts/new/", given)
    assert answer.status_code == 422
    assert "501 characters; this network takes 500" in answer.content.decode()
    assert "x" * 501 in answer.content.decode()
    assert not Delivery.objects.exists()


def test_the_composer_and_the_post_tell_what_the_clocks_do(browser: Client, channel: Channel) -> None:
    told = "02:30 does not exist that day: it goes out at 03:00."
    given = {"channels": channel.shown_id, "text": "Wax.", "wall": "2027-03-28T02:30", "zone": "Europe/Berlin"}
    Site.objects.update_or_create(id=ONLY, defaults={"zone": "Europe/Berlin"})
    forget_site()
    shown = browser.post("/desk/posts/checks/", given, headers={"HX-Request": "true"}).content.decode()
    assert told in shown
    planned = browser.post("/desk/posts/new/", given | {"act": "plan"})
    assert told in browser.get(planned["Location"]).content.decode()
    assert (
        "does not exist"
        not in browser.post("/desk/posts/checks/", given | {"wall": "2027-03-28T03:30"}).content.decode()
    )


def test_checks_count_as_the_network_counts(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "👩‍👩‍👧‍👦" * 3}
    answer = browser.post("/desk/posts/checks/", given, headers={"HX-Request": "true"}).content.decode()
    assert "3 / 500" in answer
    assert "<html" not in answer
    assert not Post.objects.exists()


def test_a_post_is_planned_in_wall_time(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Later.", "wall": "2026-05-05T09:30", "zone": "Europe/Berlin"}
    assert browser.post("/desk/posts/new/", given | {"act": "plan"}).status_code == 303
    assert Delivery.objects.get().due_at.isoformat() == "2026-05-05T07:30:00+00:00"
    assert (
        "2026-05-05 09:30 (Europe/Berlin)"
        in browser.get(f"/desk/posts/{Post.objects.get().shown_id}/").content.decode()
    )


def test_a_posts_page_says_each_channels_state(
    browser: Client, staff: Actor, channel: Channel, network: HostileNetwork
) -> None:
    network.choose = lambda n: ["ok", "refused"][n - 1]
    post = make_post([channel, make_channel("hostile", "other")], by=staff)
    run()
    page = browser.get(f"/desk/posts/{post.shown_id}/").content.decode()
    assert (page.count("Published"), page.count("Refused")) == (1, 1)


def test_the_log_shows_each_attempt(browser: Client, staff: Actor, channel: Channel, network: HostileNetwork) -> None:
    network.choose = lambda n: "time-out after"
    delivery = make_delivery(channel, by=staff)
    run()
    page = browser.get(f"/desk/deliveries/{delivery.shown_id}/").content.decode()
    assert "1. Sent: no clear answer" in page
    assert "2. Looked up: published" in page


def test_the_log_comes_along_when_the_open_page_asks_anew(
    browser: Client, staff: Actor, channel: Channel, network: HostileNetwork
) -> None:
    address = f"/desk/deliveries/{make_delivery(channel, by=staff).shown_id}/"
    before = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing was tried yet." in before
    run()
    after = browser.get(address, headers={"HX-Request": "true"}).content.decode()
    assert "Nothing was tried yet." not in after
    assert "1. Sent: published" in after
    assert "<html" not in after


def test_today_shows_what_a_person_must_decide(staff: Actor, channel: Channel, network: HostileNetwork) -> None:
    network.choose, network.looks = (lambda n: "time-out after"), (lambda n: "500")
    make_delivery(channel, by=staff)
    run()
    Channel.objects.filter(id=channel.id).update(quiet_until=None)
    make_post([channel], "This afternoon", by=staff, minutes=300)
    Channel.objects.filter(id=make_channel("hostile", "lost").id).update(state="reconnect", reason="Over.")
    told = [row.what for row in today.rows(staff)]
    assert told == [
        "Lost must be connected again: 0 deliveries at risk",
        "Post to Porch 09:00: outcome unknown, looked up 9 times: decide",
        "Zips can be saved.",
        "This afternoon",
    ]


def test_the_calendar_shows_posts_with_their_states(staff: Actor, channel: Channel) -> None:
    make_post([channel], "Tomorrow", by=staff, minutes=300)
    found = list(agenda.items(staff, START, START + timedelta(days=1)))
    assert [(item.what, item.at, item.state) for item in found] == [("Tomorrow", START + timedelta(hours=5), "Planned")]


def test_the_redirect_counts_and_tells_our_own_page_by_which_link_one_came(channel: Channel, staff: Actor) -> None:
    link = make_delivery(channel, by=staff).link
    headers = {"Sec-Fetch-Mode": "navigate", "User-Agent": "Mozilla/5.0 Firefox/140.0"}
    answer = Client().get(f"/l/{link.code}", headers=headers)
    assert (answer.status_code, answer["Location"]) == (302, f"/join/?via={link.code}")
    assert (answer["Cache-Control"], answer.cookies) == ("no-store", {})
    assert Client().get(f"/l/{link.code}").status_code == 302
    assert list(ClickDay.objects.values_list("clicks", "previews")) == [(1, 1)]
    assert Client().get("/l/00000000").status_code == 404
    assert clock.now() == START


def test_a_time_that_the_clocks_skip_is_planned_for_the_next_minute_that_they_show(
    browser: Client, channel: Channel
) -> None:
    given = {"channels": channel.shown_id, "text": "Early.", "zone": "Europe/London", "act": "plan"}
    assert browser.post("/desk/posts/new/", given | {"wall": "2027-03-28T01:30"}).status_code == 303
    assert Delivery.objects.get().due_at.isoformat() == "2027-03-28T01:00:00+00:00"


def test_a_time_that_the_clocks_show_twice_means_the_first(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Late.", "zone": "Europe/London", "act": "plan"}
    assert browser.post("/desk/posts/new/", given | {"wall": "2026-10-25T01:30"}).status_code == 303
    assert Delivery.objects.get().due_at.isoformat() == "2026-10-25T00:30:00+00:00"


def test_what_is_refused_keeps_its_picture_and_leaves_no_draft_behind(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Look.", "act": "plan", "alt": "A lamp", "picture": drawn()}
    page = browser.post("/desk/posts/new/", given)
    kept = File.objects.get()
    assert page.status_code == 422
    assert not Post.objects.exists()
    assert f'name="pictures" value="{kept.shown_id}"' in page.content.decode()
    again = {"channels": channel.shown_id, "text": "Look.", "act": "draft", "pictures": kept.shown_id}
    browser.post("/desk/posts/new/", again | {f"alt-{kept.shown_id}": "A lamp"})
    assert Post.objects.get().pictures == [{"file": kept.id, "alt": "A lamp"}]


def test_what_is_no_picture_is_refused_beside_its_field(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Look.", "act": "now", "picture": BytesIO(b"not a picture")}
    page = browser.post("/desk/posts/new/", given)
    assert page.status_code == 422
    assert "Look." in page.content.decode()
    assert not Post.objects.exists()
    assert not File.objects.exists()


def drawn() -> BytesIO:
    made = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(made, "PNG")
    made.seek(0)
    made.name = "lamp.png"
    return made


@pytest.mark.django_db
def test_the_channels_that_the_words_may_go_out_on_stand_before_the_others() -> None:
    by = make_staff("social_media_manager")
    first, second = make_channel(handle="a-porch"), make_channel(handle="b-porch")
    assert channels_for(by) == [first, second]
    assert channels_for(by, STORY) == [first, second]
    assert channels_for(by, replace(STORY, channels=frozenset({second.id}))) == [second, first]
