"""Accounts that a person posts for: taken up without a password, checked by their address, and opened later without losing anything."""

from importlib import import_module

import pytest
from django.test import Client

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.social.networks.actions import connect_by_hand, mark_for_reconnecting
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.handing import is_at, seen_in
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Account, Granted, Hands, Outgoing, Seen
from stoa.social.networks.registry import connectors
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
PORCH = "https://bsky.app/profile/porch.example"


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager")


def test_an_account_is_taken_up_with_nothing_that_opens_it(staff: Actor) -> None:
    channel = connect_by_hand("bluesky", "@Porch.example", "Porch", PORCH, by=staff)
    assert (channel.handle, channel.is_by_hand, channel.sealed, channel.state) == (
        "Porch.example",
        True,
        None,
        "connected",
    )
    assert channel.can_publish
    again = connect_by_hand("bluesky", "porch.example", "The porch", PORCH, by=staff)
    assert (again.id, again.name, Channel.objects.count()) == (channel.id, "The porch", 1)


def test_who_posts_by_hand_gets_the_link_in_the_text_and_not_in_a_card(staff: Actor) -> None:
    channel = connect_by_hand("bluesky", "porch.example", "Porch", PORCH, by=staff)
    assert (channel.connector.rules.link.card, channel.rules.link.card) == (True, False)
    opened = keep_channel(
        "bluesky", Account("did:plc:1", "porch.example", address=PORCH), Granted({"token": "t"}), by=staff
    )
    assert opened.rules.link.card


def test_who_posts_by_hand_may_bring_there_what_the_network_wants_to_be_shown() -> None:
    wanting = [key for key, each in connectors().items() if each.rules.needs]
    assert wanting
    for network in wanting:
        assert Channel(network=network).rules.needs
        assert not Channel(network=network, is_by_hand=True).rules.needs


def test_who_posts_by_hand_takes_a_video_along_where_our_interface_sends_none() -> None:
    found = [key for key, each in connectors().items() if each.rules.videos_by_hand]
    assert len(found) == 3
    for network in found:
        assert Channel(network=network).rules.videos is None
        assert Channel(network=network, is_by_hand=True).rules.videos == connectors()[network].rules.videos_by_hand


def test_an_address_of_elsewhere_is_refused(staff: Actor) -> None:
    for address in ("https://evil.example/porch", "ftp://bsky.app/porch", "bsky.app/porch", ""):
        with pytest.raises(Invalid) as refused:
            connect_by_hand("bluesky", "porch", "Porch", address, by=staff)
        assert refused.value.field == "address"
    with pytest.raises(NotAllowed):
        connect_by_hand("bluesky", "porch", "Porch", PORCH, by=make_actor())
    assert Channel.objects.count() == 0


def test_opened_through_its_interface_later_it_stays_the_same_channel(staff: Actor) -> None:
    channel = connect_by_hand("bluesky", "porch.example", "Porch", PORCH, by=staff)
    opened = keep_channel(
        "bluesky", Account("did:plc:1", "porch.example", address=PORCH), Granted({"token": "t"}), by=staff
    )
    assert (opened.id, opened.is_by_hand, opened.remote_id) == (channel.id, False, "did:plc:1")
    with pytest.raises(Invalid):
        connect_by_hand("bluesky", "porch.example", "Porch", PORCH, by=staff)


def test_another_account_of_the_same_handle_takes_no_channel_over(staff: Actor) -> None:
    """Discord's channels share their names, and a server may say any handle: the address must be the same too."""
    channel = connect_by_hand("discord", "general", "Guild A", "https://discord.com/channels/1/2", by=staff)
    other = Account("9", "general", address="https://discord.com/channels/8/9")
    opened = keep_channel("discord", other, Granted({"token": "t"}), by=staff)
    channel.refresh_from_db()
    assert (opened.id != channel.id, channel.is_by_hand) == (True, True)


def test_what_must_be_connected_again_can_be_served_by_hand_meanwhile(staff: Actor) -> None:
    channel = keep_channel("bluesky", Account("did:plc:1", "porch.example"), Granted({"token": "t"}), by=staff)
    mark_for_reconnecting(channel.id, "The password was changed.")
    served = connect_by_hand("bluesky", "porch.example", "Porch", PORCH, by=staff)
    assert (served.id, served.is_by_hand, served.state, served.sealed) == (channel.id, True, "connected", None)
    back = keep_channel("bluesky", Account("did:plc:1", "porch.example"), Granted({"token": "t"}), by=staff)
    assert (back.id, back.is_by_hand) == (channel.id, False)


@pytest.mark.parametrize(
    "connector", [each for each in connectors().values() if "hands" not in each.lacks], ids=lambda each: each.key
)
def test_every_network_can_be_served_by_hand(connector: Hands) -> None:
    from stoa.social.networks.conforming import MADE

    steps = connector.hand(Outgoing("Hello", "k", MADE, MADE))
    assert len(steps) >= 2
    assert connector.recognise("https://elsewhere.example/") is None
    assert connector.recognise("javascript:alert(1)") is None


ADDRESSES = {
    "bluesky": ("https://bsky.app/profile/porch.example/post/3kabc", "3kabc", "porch.example"),
    "discord": ("https://discord.com/channels/400/500/1234", "1234", ""),
    "facebook_page": ("https://www.facebook.com/porch/posts/pfbid02ab", "pfbid02ab", "porch"),
    "ghost": ("https://guild.example/lamps-can-be-mended-0a1b/", "lamps-can-be-mended-0a1b", ""),
    "instagram": ("https://www.instagram.com/p/DaB_c-1/?igsh=x", "DaB_c-1", ""),
    "linkedin": ("https://www.linkedin.com/posts/porch_lamps-activity-7123-abCd", "porch_lamps-activity-7123-abCd", ""),
    "mastodon": ("https://mastodon.test/@porch/123", "123", "porch@mastodon.test"),
    "meta_threads": ("https://www.threads.com/@porch/post/DaBc1", "DaBc1", "porch"),
    "pinterest": ("https://www.pinterest.com/pin/123456/", "123456", ""),
    "plaza": ("http://localhost:8000/plaza/posts/0scwcd8/", "0scwcd8", ""),
    "reddit": ("https://www.reddit.com/r/repair/comments/1abcd2/a_lamp/", "1abcd2", ""),
    "slack": ("https://guild.slack.com/archives/C024BE91L/p1503435956000247", "1503435956.000247", ""),
    "telegram": ("https://t.me/guildnews/42", "42", "guildnews"),
    "tiktok": ("https://www.tiktok.com/@porch/video/7312345", "7312345", "porch"),
    "wordpress": ("https://guild.example/2026/05/lamps-can-be-mended/", "lamps-can-be-mended", ""),
    "x_twitter": ("https://x.com/porch/status/1790000000000000000", "1790000000000000000", "porch"),
    "youtube": ("https://www.youtube.com/watch?v=dQ_4w9WgXc-", "dQ_4w9WgXc-", ""),
}
BY_HAND = {key: each for key, each in connectors().items() if isinstance(each, Hands)}


@pytest.mark.parametrize("key", list(BY_HAND))
def test_an_address_tells_the_post_and_where_it_can_the_account(key: str) -> None:
    """An address of a network that is spoken to stands in its own rehearsal, or above."""
    rehearsal = f"{type(connectors()[key]).__module__.rpartition('.')[0]}.tests.rehearsal"
    address, number, handle = ADDRESSES.get(key) or import_module(rehearsal).ADDRESS
    assert connectors()[key].recognise(address) == Seen(number, handle)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("key", "address", "seen"),
    [
        ("tiktok", "https://vm.tiktok.com/ZMabc12/", Seen("ZMabc12")),
        ("tiktok", "https://www.tiktok.com/t/ZMabc12/", Seen("ZMabc12")),
        ("tiktok", "https://www.tiktok.com/foryou", None),
        ("reddit", "https://www.reddit.com/r/repair/s/aBc12", Seen("aBc12")),
        ("pinterest", "https://pin.it/5abcDEF", Seen("5abcDEF")),
        ("pinterest", "https://www.pinterest.de/pin/77/", Seen("77")),
        ("pinterest", "https://www.pinterest.com/porch_lamps", None),
        ("facebook_page", "https://m.facebook.com/permalink.php?story_fbid=pfbid02x&id=61", Seen("pfbid02x")),
        ("facebook_page", "https://www.facebook.com/6155123/posts/pfbid02x", Seen("pfbid02x")),
        ("bluesky", "https://bsky.app/profile/did:plc:abc/post/3kabc", Seen("3kabc")),
    ],
)
def test_addresses_as_phones_copy_them(key: str, address: str, seen: Seen | None) -> None:
    assert connectors()[key].recognise(address) == seen  # type: ignore[attr-defined]


def test_hosts_are_compared_whole() -> None:
    assert is_at("https://www.bsky.app/x", ("bsky.app",))
    assert not is_at("https://notbsky.app/x", ("bsky.app",))
    assert not is_at("https://bsky.app@evil.example/x", ("bsky.app",))
    assert seen_in("https://a.example/p/12/", ("a.example",), r"/p/(?P<id>\d+)/?") is not None


def test_the_page_takes_it_up_and_keeps_what_was_typed_wrongly(staff: Actor) -> None:
    browser = Client()
    browser.force_login(Person.objects.get(id=staff.person_id).account)
    given = {"handle": "porch.example", "name": "Porch", "address": "https://elsewhere.example/"}
    wrong = browser.post("/desk/channels/new/bluesky/by-hand/", given)
    assert (wrong.status_code, b"elsewhere.example" in wrong.content) == (422, True)
    done = browser.post("/desk/channels/new/bluesky/by-hand/", given | {"address": PORCH})
    assert done["Location"] == f"/desk/channels/{Channel.objects.get().shown_id}/"
    assert b"A person posts here" in browser.get(done["Location"]).content
    assert browser.get("/desk/channels/new/nonsense/by-hand/").status_code == 404
