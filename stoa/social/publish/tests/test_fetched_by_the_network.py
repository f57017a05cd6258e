"""A network that fetches, from the plan to the post: it gets the pictures from our address while they are made ready, and never again."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.social.library.tests.makers import make_asset
from stoa.social.networks import lines, registry
from stoa.social.networks.actions import place_hold
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.instagram.tests.rehearsal import SmallInstagram
from stoa.social.networks.models import Channel
from stoa.social.networks.rehearsing import Reply
from stoa.social.networks.tests.small_graph import TOKEN, Call
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.check import check
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Delivery
from stoa.social.publish.tests.makers import START, fresh, run
from stoa.spaces.tests.makers import make_staff

NETWORK = "instagram"


class Fetching(SmallInstagram):
    """A small network that fetches what it is told of, at once, as a stranger."""

    def __init__(self) -> None:
        super().__init__(slow=1)
        self.got: list[tuple[int, bytes]] = []

    def make(self, call: Call) -> Reply:
        made = super().make(call)
        if address := call.given.get("image_url"):
            answer = Client().get(urlsplit(address).path)
            self.got.append((answer.status_code, b"".join(answer.streaming_content) if answer.streaming else b""))  # type: ignore[attr-defined]
            if answer.status_code != 200:
                box = self.boxes[made.json()["id"]]
                box |= {"status_code": "ERROR", "status": "Media download has failed."}
        return made


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch, settings: object, tmp_path: object, db: None) -> Fetching:
    settings.STOA_URL, settings.STOA_DATA = "https://community.example", tmp_path  # type: ignore[attr-defined]
    made = Fetching()
    monkeypatch.setattr(lines, "client", lambda: made)
    return made


@pytest.fixture
def staff(network: Fetching) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def channel(network: Fetching, staff: Actor) -> Channel:
    account, granted = registry.get(NETWORK).connect({"token": TOKEN}, http=network)  # type: ignore[attr-defined]
    with clock.pinned(START):
        return keep_channel(NETWORK, account, granted, by=staff)


def deliver(channel: Channel, by: Actor) -> Delivery:
    assets = [make_asset(by=by), make_asset(by=by)]
    draft = Draft("Zips can be saved.", pictures=tuple(Shown(each.file.id, "A lamp") for each in assets))
    with clock.pinned(START):
        return plan_post(by=by, variants=[VariantDraft(channel)], draft=draft).deliveries.get()


def bytes_of(delivery: Delivery) -> list[bytes]:
    found = []
    for each in delivery.content["pictures"]:
        with files.open_file(File.objects.get(id=each["file"])) as opened:
            found.append(opened.read())
    return found


def test_the_network_gets_exactly_what_goes_out_and_publishes_it_once(
    network: Fetching, channel: Channel, staff: Actor
) -> None:
    delivery = deliver(channel, staff)
    run()
    row = fresh(delivery)
    assert (row.state, row.remote_id) == ("published", f"post/{next(iter(network.media))}")
    assert network.got == [(200, each) for each in bytes_of(row)]
    assert [each["alts"] for each in network.media.values()] == [("A lamp", "A lamp")]
    assert [each.kind for each in row.attempts.order_by("number")][-1] == "send"
    address = next(box["image_url"] for box in network.boxes.values() if "image_url" in box)
    assert Client().get(urlsplit(address).path).status_code == 404
    assert list(check()) == []


def test_what_is_stopped_while_it_is_made_ready_is_neither_fetched_nor_published(
    network: Fetching, channel: Channel, staff: Actor
) -> None:
    delivery, whole = deliver(channel, staff), network.make

    def stopped_now(call: Call) -> Reply:
        if not channel.holds.exists():
            place_hold(channel, reason="A crisis", by=staff)
        return whole(call)

    network.make = stopped_now  # type: ignore[method-assign]
    run()
    row = fresh(delivery)
    assert (row.state, row.reason) == ("held", "A crisis")
    assert {status for status, _content in network.got} == {404}
    assert network.media == {}
