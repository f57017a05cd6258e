"""Pictures in the composer: they stand in the preview before anything is kept, and we ask what they show."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.people.models import Person
from stoa.social.networks.models import Channel
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.tests.hostile import HostileNetwork
from stoa.spaces.tests.makers import make_staff

NEW = "/desk/posts/new/"


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def lamp() -> SimpleUploadedFile:
    drawn = BytesIO()
    Image.new("RGB", (40, 30), "#5C6B2F").save(drawn, "PNG")
    return SimpleUploadedFile("lamp.png", drawn.getvalue(), "image/png")


def test_a_picture_stands_in_the_preview_before_the_post_is_kept(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Half a text", "picture": lamp(), "alt": "A lamp", "act": "picture"}
    answer = browser.post(NEW, given)
    page, kept = answer.content.decode(), File.objects.get()
    assert answer.status_code == 200
    assert page.count(f'<img src="{kept.thumb_address}" alt="A lamp">') == 2
    assert "Half a text" in page
    assert not Post.objects.exists()


def test_adding_a_picture_finds_no_fault_with_what_is_not_finished(browser: Client) -> None:
    page = browser.post(NEW, {"text": "", "picture": lamp(), "act": "picture"}).content.decode()
    assert "need" not in page.split('<form class="form"')[1].split("Where it goes")[0]
    nothing = browser.post(NEW, {"text": "Still here", "act": "picture"})
    assert nothing.status_code == 422
    assert "Choose a picture or a video first." in nothing.content.decode()
    assert "Still here" in nothing.content.decode()


def test_a_picture_that_nobody_described_is_asked_about_before_it_goes_out(
    browser: Client, channel: Channel, network: HostileNetwork
) -> None:
    given = {"channels": channel.shown_id, "text": "The lamp", "act": "now"}
    asked = browser.post(NEW, {**given, "picture": lamp()})
    assert asked.status_code == 422
    assert "Let the pictures go out without a description" in asked.content.decode()
    assert not Post.objects.exists()
    picture = {"pictures": File.objects.get().shown_id}
    assert browser.post(NEW, {**given, **picture, "undescribed": "on"}).status_code == 303
    assert Delivery.objects.get().content["pictures"][0]["alt"] == ""


def test_a_draft_may_wait_for_its_descriptions_and_a_posts_page_shows_its_pictures(
    browser: Client, channel: Channel, network: HostileNetwork
) -> None:
    given = {"channels": channel.shown_id, "text": "The lamp"}
    assert browser.post(NEW, {**given, "picture": lamp(), "act": "draft"}).status_code == 303
    file = File.objects.get()
    sent = browser.post(
        f"/desk/posts/{Post.objects.get().shown_id}/edit/",
        {**given, "pictures": file.shown_id, f"alt-{file.shown_id}": "A lamp", "act": "now"},
    )
    page = browser.get(sent["Location"]).content.decode()
    assert f'<img src="{file.thumb_address}" alt="A lamp">' in page
    assert "Described as: A lamp" in page


def test_where_a_network_takes_no_descriptions_none_is_asked_for_and_that_is_said(
    browser: Client, channel: Channel
) -> None:
    plain = make_channel("telegram", "@porch")
    given = {"channels": plain.shown_id, "text": "The lamp"}
    page = browser.post(NEW, {**given, "picture": lamp(), "act": "picture"}).content.decode()
    assert "This network takes no descriptions of pictures." in page
    assert "has no description" not in page
    assert "8 / 1024 characters" in page
    picture = {"pictures": File.objects.get().shown_id}
    both = {**given, **picture, "channels": [plain.shown_id, channel.shown_id], "act": "now"}
    assert browser.post(NEW, both).status_code == 422
    assert not Post.objects.exists()
    alt = {f"alt-{picture['pictures']}": "A lamp"}
    assert browser.post(NEW, {**given, **picture, **alt, "act": "now"}).status_code == 303
    shown = browser.get(f"/desk/deliveries/{Delivery.objects.get().shown_id}/").content.decode()
    assert "Without their descriptions: this network takes none." in shown
    assert "Described as" not in shown


def test_the_words_beside_a_picture_are_held_to_what_a_caption_may_have(browser: Client) -> None:
    plain = make_channel("telegram", "@porch")
    given = {"channels": plain.shown_id, "text": "x" * 1025, "act": "now"}
    refused = browser.post(NEW, {**given, "picture": lamp()})
    assert refused.status_code == 422
    assert "The text has 1025 characters; this network takes 1024." in refused.content.decode()
    assert not Delivery.objects.exists()
    assert browser.post(NEW, given).status_code == 303


def test_what_was_planned_with_a_picture_that_nobody_described_can_be_changed(
    browser: Client, channel: Channel, network: HostileNetwork
) -> None:
    given = {"channels": channel.shown_id, "text": "The lamp", "act": "now"}
    browser.post(NEW, {**given, "picture": lamp()})
    picture = {"pictures": File.objects.get().shown_id}
    assert browser.post(NEW, {**given, **picture, "undescribed": "on"}).status_code == 303
    form = f"/desk/deliveries/{Delivery.objects.get().shown_id}/edit/"
    assert '<input type="hidden" name="undescribed" value="on">' in browser.get(form).content.decode()
