"""A look at an account: what its server tells, its new name, that it is locked or gone; and what each means for the channel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.base.models.fact import FactRow
from stoa.base.work.drain import drain
from stoa.people.models import Person
from stoa.social.networks.actions import connect_channel
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.mastodon.connector import CONNECTOR
from stoa.social.networks.mastodon.tests.rehearsal import SERVER, TOKEN, SmallServer
from stoa.social.networks.models import Budget, Channel, Look
from stoa.social.networks.protocol import Account, Granted
from stoa.social.networks.tests.makers import make_channel
from stoa.social.networks.tests.signing import speak_through
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> SmallServer:
    small = SmallServer()
    speak_through(monkeypatch, small)
    return small


@pytest.fixture
def staff() -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def now() -> Iterator[datetime]:
    at = datetime.fromisoformat("2026-11-30T12:00:00+00:00")
    with clock.pinned(at):
        yield at


@pytest.fixture
def channel(server: SmallServer, staff: Actor, now: datetime) -> Channel:
    made = connect_channel("mastodon", {"server": SERVER, "token": TOKEN}, by=staff)
    drain()
    made.refresh_from_db()
    return made


def next_day(channel: Channel, now: datetime, days: int = 1) -> Channel:
    with clock.pinned(now + DAY * days):
        drain()
    channel.refresh_from_db()
    return channel


def test_limits_are_read_when_a_channel_is_connected_and_shown(channel: Channel, staff: Actor, now: datetime) -> None:
    assert channel.told is not None
    assert (channel.told["text"], channel.told_at) == (1000, now)
    assert (channel.rules.text[0].at_most, CONNECTOR.rules.text[0].at_most) == (1000, 500)
    look = Look.objects.get()
    assert (look.due_at, look.looked_at, look.trouble) == (now + DAY, now, "")
    browser = Client()
    browser.force_login(Person.objects.get(id=staff.person_id).account)
    page = browser.get(f"/desk/channels/{channel.shown_id}/").content.decode()
    assert "told by mastodon.test on 30 Nov 2026" in page
    assert "1000 characters" in page


def test_they_are_read_again_every_day(channel: Channel, server: SmallServer, now: datetime) -> None:
    server.instance["configuration"]["statuses"]["max_characters"] = 300
    assert next_day(channel, now).rules.text[0].at_most == 300
    server.instance["configuration"]["statuses"]["max_characters"] = 10**30
    assert next_day(channel, now, 2).rules.text[0].at_most == 500


def test_a_server_that_tells_nothing_any_more_leaves_the_papers(
    channel: Channel, server: SmallServer, now: datetime
) -> None:
    server.instance = {}
    assert next_day(channel, now).told is None
    assert channel.rules == CONNECTOR.rules


def test_a_renamed_account_is_the_same_channel(channel: Channel, server: SmallServer, now: datetime) -> None:
    server.befall("renamed")
    assert (next_day(channel, now).name, channel.remote_id, channel.state) == (
        "Porch",
        "101@mastodon.test",
        "connected",
    )
    assert FactRow.objects.filter(name="networks.channel_renamed").count() == 1
    next_day(channel, now, 2)
    assert FactRow.objects.filter(name="networks.channel_renamed").count() == 1


def test_another_accounts_answer_renames_nothing(
    channel: Channel, server: SmallServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = server.account("202")
    monkeypatch.setattr(SmallServer, "account", lambda self, id: answer)
    assert (next_day(channel, now).name, channel.handle) == ("Guild", "guild@mastodon.test")


def test_a_locked_account_asks_to_be_connected_again_in_the_servers_own_words(
    channel: Channel, server: SmallServer, now: datetime
) -> None:
    server.befall("locked")
    next_day(channel, now)
    assert (channel.state, channel.reason) == (
        "reconnect",
        "The server has locked this account: Your login is currently disabled",
    )
    assert Look.objects.get().due_at is None


def test_a_deleted_account_says_so(channel: Channel, now: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.social.networks.mastodon import connector
    from stoa.social.networks.protocol import Gone, Line

    def gone(line: Line) -> None:
        raise Gone("Record not found")

    monkeypatch.setattr(connector, "own_account", gone)
    assert (next_day(channel, now).state, channel.reason) == (
        "reconnect",
        "This account is not there any more: Record not found",
    )


def test_a_server_without_a_page_of_limits_is_still_the_same_account(
    channel: Channel, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stoa.social.networks.mastodon.connector import Mastodon
    from stoa.social.networks.protocol import Gone, Line, Told

    def missing(self: Mastodon, *, over: Line) -> Told:
        raise Gone("Record not found")

    monkeypatch.setattr(Mastodon, "tell", missing)
    assert (next_day(channel, now).state, Look.objects.get().trouble) == ("connected", "")


def test_what_the_network_counts_of_our_posts_holds_sending_back(
    channel: Channel, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stoa.social.networks.mastodon.connector import Mastodon
    from stoa.social.networks.protocol import Line, Told

    def counting(self: Mastodon, *, over: Line) -> Told:
        return Told("https://mastodon.test/limits", posts=(25, 86_400), used=25)

    monkeypatch.setattr(Mastodon, "tell", counting)
    next_day(channel, now)
    looked = now + DAY
    (held,) = Budget.objects.used_up(channel.id, ("send",), looked)
    assert (held.left, held.at_most, held.resets_at) == (0, 25, looked + timedelta(hours=1))
    assert channel.rules.rates[0].at_most == 25


def test_a_revoked_token_is_found_out_by_the_daily_look(channel: Channel, server: SmallServer, now: datetime) -> None:
    server.befall("revoked")
    assert next_day(channel, now).state == "reconnect"


def test_a_server_out_of_reach_is_asked_again_and_nothing_is_said_of_the_account(
    channel: Channel, server: SmallServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stoa.social.networks.protocol import NotSent

    def nobody(*asked: object, **more: object) -> None:
        raise NotSent("Nobody is there.")

    monkeypatch.setattr(SmallServer, "request", nobody)
    assert (next_day(channel, now).state, channel.told is not None) == ("connected", True)
    look = Look.objects.get()
    assert look.trouble == "Nobody is there."
    assert look.due_at is not None
    assert now + DAY < look.due_at <= now + DAY + timedelta(hours=6)


def test_a_network_that_can_be_asked_nothing_is_not_looked_at(staff: Actor) -> None:
    make_channel(by=staff)
    assert Look.objects.count() == 0


@pytest.mark.parametrize("id", ["", "x" * 201, 7, None])
def test_an_account_without_an_id_is_not_connected(server: SmallServer, staff: Actor, id: object) -> None:
    with pytest.raises(NotPossible):
        keep_channel("mastodon", Account(id, "rosa"), Granted({"token": "t"}), by=staff)  # type: ignore[arg-type]
    assert not Channel.objects.exists()


def test_what_an_account_is_called_is_cut_and_its_picture_an_address(server: SmallServer, staff: Actor) -> None:
    told = Account("1", 7, None, avatar="javascript:alert(1)")  # type: ignore[arg-type]
    made = keep_channel("mastodon", told, Granted({"token": "t"}), by=staff)
    assert (made.handle, made.name, made.portrait) == ("7", "", "")


def test_an_answer_that_nobody_understands_connects_nothing(
    staff: Actor, monkeypatch: pytest.MonkeyPatch, server: SmallServer
) -> None:
    def broken(*_: object, **__: object) -> object:
        raise KeyError("id")

    monkeypatch.setattr(type(CONNECTOR), "connect", broken)
    with pytest.raises(NotPossible):
        connect_channel("mastodon", {"server": SERVER, "token": TOKEN}, by=staff)
