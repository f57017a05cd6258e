"""Addresses for networks that fetch: exactly the bytes of one delivery, for an hour, while it is being sent and may be."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.models.file import File
from stoa.social.library.tests.makers import make_asset
from stoa.social.networks.actions import lift_hold, place_hold
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.publish import gates
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.fetching import is_reachable, name_of
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Delivery
from stoa.social.publish.models.delivery import STATES
from stoa.social.publish.outgoing import outgoing_of
from stoa.social.publish.tests.hostile import HostileConnector
from stoa.social.publish.tests.makers import START
from stoa.spaces.tests.makers import make_staff

OURS = "https://community.example"
OPEN = {"planned", "sending", "pending", "unknown"}


@pytest.fixture
def staff(channel: Channel, settings: object) -> Actor:
    settings.STOA_URL = OURS  # type: ignore[attr-defined]
    return make_staff("social_media_manager")


@pytest.fixture
def fetches(monkeypatch: pytest.MonkeyPatch) -> None:
    """The network takes no bytes: it fetches."""
    assert RULES.pictures
    wanted = replace(RULES, pictures=replace(RULES.pictures, fetched=True))
    monkeypatch.setattr(HostileConnector, "rules", property(lambda _self: wanted))


def deliver(channel: Channel, by: Actor) -> Delivery:
    asset = make_asset(by=by)
    draft = Draft("Look", pictures=(Shown(asset.file.id, "A lamp"),))
    return plan_post(by=by, variants=[VariantDraft(channel)], draft=draft).deliveries.get()


def address(delivery: Delivery) -> str:
    made = outgoing_of(delivery, clock.now()).pictures[0].address
    assert made.startswith(f"{OURS}/fetch/")
    return urlsplit(made).path


def status(path: str) -> int:
    answer = Client().get(path)
    if answer.streaming:
        list(answer.streaming_content)  # type: ignore[attr-defined]
    return answer.status_code


def test_a_network_fetches_exactly_the_bytes_of_the_delivery_and_no_cache_keeps_them(
    channel: Channel, staff: Actor
) -> None:
    delivery = deliver(channel, staff)
    outgoing = outgoing_of(delivery, clock.now())
    answer = Client().get(address(delivery))
    assert b"".join(answer.streaming_content) == outgoing.pictures[0].content  # type: ignore[attr-defined]
    assert answer["Content-Type"] == outgoing.pictures[0].mime
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer["Cache-Control"] == "private, no-store"
    assert "Set-Cookie" not in answer
    assert Client().post(address(delivery)).status_code == 405


def test_an_address_is_over_after_an_hour_and_each_attempt_has_its_own(channel: Channel, staff: Actor) -> None:
    delivery = deliver(channel, staff)
    first = address(delivery)
    with clock.pinned(START + timedelta(minutes=59)):
        later = address(delivery)
        assert (status(first), status(later)) == (200, 200)
    assert later != first
    with clock.pinned(START + timedelta(minutes=61)):
        assert (status(first), status(later)) == (404, 200)


def test_nothing_in_an_address_can_be_changed(channel: Channel, staff: Actor) -> None:
    one, other = deliver(channel, staff), deliver(channel, staff)
    _empty, word, ticket, name = address(one).split("/")
    delivery, file, until, seal = ticket.split(".")
    theirs = address(other).split("/")[2].split(".")
    longer = f"{int(until, 16) + 3600:x}"
    secret = File.objects.create(digest="0" * 64, media_type="image/png", size=1, thing_key="talk.topic", thing_id=1)
    wrong = [
        f"{theirs[0]}.{file}.{until}.{seal}", f"{delivery}.{theirs[1]}.{until}.{seal}", f"{delivery}.{file}.{longer}.{seal}",
        f"{delivery}.{ids.shown(secret.id)}.{until}.{seal}", f"{delivery}.{file}.{until}.{seal[:-1]}0x", f"{delivery}.{file}",
        f"{delivery}.{file}.-1.{seal}", f"{delivery}.{file}.{'f' * 80}.{seal}", f"{delivery}.{file}.{until}.é", "x", "...",
    ]  # fmt: skip
    assert {status(f"/{word}/{each}/{name}") for each in wrong} == {404}
    assert {status(f"/{word}/{ticket}/{each}") for each in ("picture.exe", "x", "video.mp4")} == {404}
    assert status(f"/{word}/{ticket}/{name}") == 200


def test_what_the_delivery_does_not_show_is_not_served_even_with_our_own_seal(channel: Channel, staff: Actor) -> None:
    from stoa.social.publish.fetching import address_of

    delivery, asset = deliver(channel, staff), make_asset(by=staff)
    made = address_of(delivery, asset.file.id, asset.file.media_type, clock.now())
    assert status(urlsplit(made).path) == 404


@pytest.mark.parametrize("state", STATES)
def test_it_is_open_only_while_the_delivery_is_being_sent(channel: Channel, staff: Actor, state: str) -> None:
    delivery = deliver(channel, staff)
    path = address(delivery)
    question = {"question": "ambiguous"} if state == "asks" else {}
    Delivery.objects.filter(id=delivery.id).update(state=state, published_at=clock.now(), **question)
    assert status(path) == (200 if state in OPEN else 404)


def test_whatever_stops_the_delivery_closes_its_address(
    channel: Channel, staff: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = deliver(channel, staff)
    path = address(delivery)
    hold = place_hold(channel, reason="A crisis", by=staff)
    assert status(path) == 404
    lift_hold(hold, by=staff)
    assert status(path) == 200
    monkeypatch.setitem(gates._gates, "test.right", lambda _delivery: "The right was taken back.")
    assert status(path) == 404
    monkeypatch.delitem(gates._gates, "test.right")
    Delivery.objects.filter(id=delivery.id).update(takedown="asked")
    assert status(path) == 404
    Delivery.objects.filter(id=delivery.id).update(takedown="")
    Channel.objects.filter(id=channel.id).update(state="disconnected")
    assert status(path) == 404


@pytest.mark.parametrize(
    ("ours", "reachable"),
    [
        ("https://community.example", True), ("https://8.8.8.8", True), ("http://community.example", False),
        ("https://localhost", False), ("https://127.0.0.1:8000", False), ("https://10.0.0.4", False), ("https://stoa", False),
        ("https://stoa.local", False), ("https://[::1]", False), ("https://porch.internal.", False),
    ],
)  # fmt: skip
def test_whether_a_network_can_reach_us_is_read_from_our_own_address(
    settings: object, ours: str, reachable: bool
) -> None:
    settings.STOA_URL = ours  # type: ignore[attr-defined]
    assert is_reachable() is reachable


def test_what_cannot_be_fetched_is_refused_before_it_is_planned(
    channel: Channel, staff: Actor, fetches: None, settings: object
) -> None:
    settings.STOA_URL = "http://localhost:8000"  # type: ignore[attr-defined]
    with pytest.raises(Invalid) as refused:
        deliver(channel, staff)
    assert "cannot reach it at http://localhost:8000" in refused.value.reason
    assert "by hand" in refused.value.mend
    assert not Delivery.objects.exists()


def test_words_alone_and_channels_by_hand_need_nobody_to_reach_us(
    channel: Channel, staff: Actor, fetches: None, settings: object
) -> None:
    settings.STOA_URL = "http://localhost:8000"  # type: ignore[attr-defined]
    assert plan_post(by=staff, variants=[VariantDraft(channel)], draft=Draft("Look")).deliveries.count() == 1
    Channel.objects.filter(id=channel.id).update(is_by_hand=True)
    assert deliver(Channel.objects.get(id=channel.id), staff).state == "planned"


def test_a_file_has_the_ending_of_its_type() -> None:
    assert [name_of(each) for each in ("image/png", "image/jpeg", "video/mp4", "video/quicktime")] == [
        "picture.png", "picture.jpg", "video.mp4", "video.mov",
    ]  # fmt: skip
