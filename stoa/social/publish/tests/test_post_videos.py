"""A post with a video: in the place of pictures, previewed with its length, held to what the network takes, never read whole."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.base.models.file import File
from stoa.base.tests.small_videos import PLACE, mp4, webm
from stoa.people.models import Person
from stoa.social.library.actions import delete_asset, describe_asset
from stoa.social.library.describing import as_it_is
from stoa.social.library.models import Asset
from stoa.social.library.tests.makers import bytes_of, drawing, make_asset, make_video
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.networks.protocol import Outgoing, Published
from stoa.social.networks.tests.makers import make_channel
from stoa.social.publish import gates
from stoa.social.publish.actions import Draft, VariantDraft, plan_post, save_draft
from stoa.social.publish.check import check
from stoa.social.publish.hand_page import HandPage
from stoa.social.publish.material import Shown
from stoa.social.publish.models import AssetUse, Delivery, Post
from stoa.social.publish.outgoing import hash_of, outgoing_of
from stoa.social.publish.tests.hostile import HostileConnector
from stoa.social.publish.tests.makers import START, fresh, run
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


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The network's rules for videos, as the test wants them; without any it takes none."""

    def set_to(**limit: object) -> None:
        assert RULES.videos
        videos = replace(RULES.videos, **limit) if limit else None  # type: ignore[arg-type]
        wanted = replace(RULES, videos=videos)
        monkeypatch.setattr(HostileConnector, "rules", property(lambda _self: wanted))

    return set_to


@pytest.fixture
def went(monkeypatch: pytest.MonkeyPatch) -> list[Outgoing]:
    """What the connector was given to publish."""
    given: list[Outgoing] = []

    def publish(_self: Any, outgoing: Outgoing, *, over: Any) -> Published:
        given.append(outgoing)
        return Published(outgoing.key, "1", "https://plaza.example/1", outgoing.at)

    monkeypatch.setattr(HostileConnector, "publish", publish)
    return given


def shown(*assets: Asset) -> tuple[Shown, ...]:
    return tuple(Shown(each.file.id, each.alt) for each in assets)


def plan(channel: Channel, by: Actor, *assets: Asset, text: str = "Look") -> Post:
    return plan_post(by=by, variants=[VariantDraft(channel)], draft=Draft(text, pictures=shown(*assets)))


def upload(content: bytes = b"", name: str = "lamp.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or mp4(75), "video/mp4")


def test_a_video_of_the_library_goes_out_as_a_stream(channel: Channel, staff: Actor, went: list[Outgoing]) -> None:
    video = make_video(by=staff, seconds=30, size=(720, 1280))
    plan(channel, staff, video)
    run()
    (outgoing,) = went
    assert outgoing.pictures == ()
    assert outgoing.video
    assert (outgoing.video.mime, outgoing.video.alt, outgoing.video.seconds) == (
        "video/mp4",
        "A lamp is switched on",
        30.0,
    )
    assert (outgoing.video.width, outgoing.video.height) == (720, 1280)
    with outgoing.video.open() as opened:
        content = opened.read()
    assert len(content) == outgoing.video.size == video.file.size
    assert PLACE not in content
    assert Delivery.objects.get().state == "published"
    assert list(check()) == []


def test_the_frozen_content_names_it_and_its_hash_covers_it(channel: Channel, staff: Actor) -> None:
    plan(channel, staff, make_video(by=staff))
    delivery = Delivery.objects.get()
    (named,) = delivery.content["pictures"]
    lent = File.objects.get(id=named["file"])
    assert (lent.thing_key, lent.thing_id, lent.is_video, lent.seconds) == (
        "publish.post",
        delivery.post_id,
        True,
        12.5,
    )
    assert AssetUse.objects.count() == 1
    assert hash_of(delivery.content) != hash_of({**delivery.content, "pictures": []})
    assert outgoing_of(delivery, START, with_pictures=False).video is None


def test_an_asset_that_a_post_shows_stays(channel: Channel, staff: Actor) -> None:
    video = make_video(by=staff)
    plan(channel, staff, video)
    with pytest.raises(NotPossible):
        delete_asset(video, by=staff)


def test_a_licence_that_was_taken_back_holds_it(channel: Channel, staff: Actor) -> None:
    video = make_video(by=staff)
    plan(channel, staff, video)
    describe_asset(video, replace(as_it_is(video), licence="reserved"), by=staff)
    assert "may not go out" in gates.refusal(Delivery.objects.get())


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ({}, "Videos do not go to this network from here."),
        ({"mimes": ("video/webm",)}, "The video is video/mp4, which this network does not take. Use one of: video/webm."),
        ({"bytes_at_most": 1000}, "this network takes 0.001."),
        ({"seconds_at_most": 10}, "The video lasts 12 seconds; this network takes 10."),
        ({"seconds_at_least": 15}, "The video lasts 12.5 seconds; this network wants at least 15."),
        ({"ratio_max": 1.0}, "The video is too wide: 1.78 to 1; this network takes 1.00."),
        ({"ratio_min": 2.0}, "The video is too tall: 1.78 to 1; this network takes 2.00."),
        ({"alt_at_most": 5}, "The description of the video has 21 characters; this network takes 5."),
    ],
)  # fmt: skip
def test_what_the_network_does_not_take_is_refused_with_what_it_takes(
    limit: dict[str, Any], said: str, channel: Channel, staff: Actor, browser: Client, takes: Callable[..., None]
) -> None:
    takes(**limit)
    video = make_video(by=staff)
    with pytest.raises(Invalid) as refused:
        plan(channel, staff, video)
    assert said in f"{refused.value.reason} {refused.value.mend}"
    assert not Delivery.objects.exists()
    key = video.file.shown_id
    given = {"channels": channel.shown_id, "text": "Look", "pictures": key, f"alt-{key}": video.alt}
    assert said.replace("’", "&#39;") in browser.post("/desk/posts/checks/", given).content.decode()


def test_a_ratio_that_is_nearly_right_is_right(channel: Channel, staff: Actor, takes: Callable[..., None]) -> None:
    takes(ratio_min=9 / 16, ratio_max=9 / 16)
    plan(channel, staff, make_video(by=staff, size=(606, 1080)))
    assert Delivery.objects.count() == 1


def test_a_post_carries_one_video_and_no_pictures_beside_it(channel: Channel, staff: Actor) -> None:
    video, other, picture = make_video(by=staff), make_video(by=staff, seconds=3), make_asset(by=staff)
    with pytest.raises(Invalid, match="A post carries one video"):
        plan(channel, staff, video, other)
    with pytest.raises(Invalid, match="shows a video or pictures, not both"):
        plan(channel, staff, video, picture)
    assert not Delivery.objects.exists()


def test_a_draft_may_hold_what_no_network_takes(channel: Channel, staff: Actor, takes: Callable[..., None]) -> None:
    takes()
    draft = Draft("Look", pictures=shown(make_video(by=staff)))
    assert save_draft(None, draft, [VariantDraft(channel)], by=staff).is_draft


def test_a_video_is_brought_in_the_composer_and_previewed_with_its_length(browser: Client, channel: Channel) -> None:
    given = {
        "channels": channel.shown_id,
        "text": "Half a text",
        "picture": upload(),
        "alt": "A lamp",
        "act": "picture",
    }
    answer = browser.post(NEW, given)
    page, kept = answer.content.decode(), File.objects.get()
    assert answer.status_code == 200
    assert (kept.is_video, kept.seconds) == (True, 75.0)
    assert page.count("1:15") == 2
    assert page.count(f'<img src="{kept.thumb_address}" alt="A lamp">') == 2
    assert "Half a text" in page
    assert "What must stay when it is cut" not in page
    assert not Post.objects.exists()


def test_what_is_no_video_loses_nothing_that_was_typed(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Half a text", "picture": upload(mp4()[:-30]), "act": "picture"}
    answer = browser.post(NEW, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "not a video that we can read" in page
    assert "Half a text" in page
    assert not File.objects.exists()


def test_a_video_is_sent_and_its_pages_show_it(browser: Client, channel: Channel, went: list[Outgoing]) -> None:
    given = {"channels": channel.shown_id, "text": "Lit", "picture": upload(), "alt": "A lamp is lit", "act": "now"}
    answer = browser.post(NEW, given)
    assert answer.status_code == 303
    page = browser.get(answer["Location"]).content.decode()
    assert "1:15" in page
    assert "Described as: A lamp is lit" in page
    run()
    assert [each.video.alt for each in went if each.video] == ["A lamp is lit"]


def test_a_video_that_nobody_described_is_asked_about(browser: Client, channel: Channel) -> None:
    given = {"channels": channel.shown_id, "text": "Lit", "act": "now"}
    assert browser.post(NEW, {**given, "picture": upload()}).status_code == 422
    assert not Delivery.objects.exists()
    kept = {"pictures": File.objects.get().shown_id, "undescribed": "on"}
    assert browser.post(NEW, {**given, **kept}).status_code == 303


def test_somebody_elses_video_is_not_taken(channel: Channel, staff: Actor, browser: Client) -> None:
    browser.post(NEW, {"channels": channel.shown_id, "text": "x", "picture": upload(), "act": "picture"})
    draft, other = Draft("Mine", pictures=(Shown(File.objects.get().id),)), make_staff("social_media_manager", "Bo")
    with pytest.raises(Invalid, match="is not known"):
        save_draft(None, draft, [VariantDraft(channel)], by=other)
    assert not Post.objects.exists()


def test_a_network_that_takes_only_captions_counts_the_words_beside_it(browser: Client) -> None:
    plain = make_channel("telegram", "@porch")
    given = {"channels": plain.shown_id, "text": "Lit", "picture": upload(), "act": "picture"}
    assert "3 / 1024 characters" in browser.post(NEW, given).content.decode()


def test_by_hand_there_is_a_video_to_save_and_to_add(channel: Channel, staff: Actor, browser: Client) -> None:
    Channel.objects.filter(id=channel.id).update(is_by_hand=True)
    plan(Channel.objects.get(id=channel.id), staff, make_video(by=staff, seconds=75))
    run(hours=1)
    delivery = fresh(Delivery.objects.get())
    assert delivery.state == "handed"
    steps = HandPage.of(delivery).steps
    assert "Save the video." in steps
    assert "Add the video." in steps
    page = browser.get(f"/desk/deliveries/{delivery.shown_id}/hand/").content.decode()
    assert "Save the video (1:15)" in page
    assert "data-share-file" in page


def test_a_limit_that_its_server_told_holds_videos_and_pictures(channel: Channel, staff: Actor) -> None:
    """What is planned is fitted to what the account's own server says, not to what the papers say."""
    told = {
        "address": "https://plaza.example/limits",
        "video_bytes": 2000,
        "picture_bytes": 20_000,
        "mimes": ["image/jpeg"],
    }
    Channel.objects.filter(id=channel.id).update(told=told, told_at=clock.now())
    mine = Channel.objects.get(id=channel.id)
    with pytest.raises(Invalid, match=r"this network takes 0\.002"):
        plan(mine, staff, make_video(by=staff, content=mp4(content=bytes(3000))))
    plan(mine, staff, make_asset(by=staff, content=bytes_of(drawing(1))))
    fitted = File.objects.get(id=Delivery.objects.get().content["pictures"][0]["file"])
    assert fitted.media_type == "image/jpeg"
    assert fitted.size < 20_000 + 10_000  # with its small picture
    Channel.objects.filter(id=channel.id).update(told={**told, "video_mimes": ["video/mp4"]})
    mine, film = Channel.objects.get(id=channel.id), make_video(by=staff, content=webm(2))
    with pytest.raises(Invalid, match="which this network does not take"):
        plan(mine, staff, film)
