"""The first-run set-up: its printed address opens once, and what it leaves is no ghost town."""

from datetime import time
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stoa.base import entrance
from stoa.base.models import Site
from stoa.community.gather.actions import FormatPlan, keep_format, start_format
from stoa.community.gather.models import Format
from stoa.community.talk.actions import add_reply, open_topic
from stoa.front.launch import STEPS, counted, launch
from stoa.front.models import Beginning, SettingUp
from stoa.moderation.models import Clause, Norm
from stoa.people.models import DoorQuestion, Person, purpose
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.networks import registry
from stoa.social.networks.models import Channel
from stoa.spaces.actions.roles import role, write_grant
from stoa.spaces.models import Invitation, Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
PLACE = {
    "community": "The Spoke", "whom": "neighbours of the river quarter.", "share": "old bicycles",
    "need": "keep them on the road",
}  # fmt: skip
WAY = {"is_team": "alone", "wings": "both", "zone": "Europe/Berlin"}
OWNER = {"name": "Ada", "email": "ada@example.org", "password": "the-long-road-home"}


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.STOA_DATA = tmp_path


def walk(client: Client, **change: str) -> str:
    """Answers page after page; where the last one leads."""
    address = entrance.set_up_address()
    client.post(f"{address}?page=place", PLACE)
    client.post(f"{address}?page=way", WAY | change)
    return client.post(f"{address}?page=owner", OWNER)["Location"]


def test_the_set_up_leaves_an_owner_and_a_place_that_is_not_empty(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address = entrance.set_up_address()
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert walk(client) == "/desk/launch/"
    owner = Person.objects.get()
    assert actor_of(owner).may("spaces.break_glass")
    assert purpose() == "For neighbours of the river quarter, who share old bicycles: a place to keep them on the road."
    assert (Space.objects.count(), Clause.objects.in_force().count(), Norm.objects.count()) == (3, 12, 3)
    assert (DoorQuestion.objects.count(), Invitation.objects.open().count()) == (2, 10)
    assert (Format.objects.count(), SettingUp.objects.count()) == (3, 0)
    assert (Site.objects.get().name, Site.objects.get().zone) == ("The Spoke", "Europe/Berlin")
    assert client.get("/desk/launch/").status_code == 200
    assert client.get(address)["Location"] == "/sign-in/"
    assert entrance.set_up_address() == ""


def test_the_first_channel_is_connected_by_itself_on_the_practice_network(client: Client) -> None:
    walk(client)
    channel = Channel.objects.get()
    assert (channel.network, channel.state) == (registry.practice().key, "connected")
    assert (channel.handle, channel.name) == ("the-spoke", "The Spoke")
    assert client.get(f"/desk/channels/{channel.shown_id}/").status_code == 200


def test_each_starter_format_is_started_in_one_act(client: Client) -> None:
    walk(client)
    owner = actor_of(Person.objects.get())
    started = [start_format(each, by=owner) for each in Format.objects.order_by("id")]
    assert sorted(bool(occasion.topic) for occasion in started) == [False, True, True]


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("place", PLACE | {"whom": ""}),
        ("way", WAY | {"zone": "Nowhere/Here"}),
        ("owner", OWNER | {"password": "short"}),
        ("owner", OWNER | {"email": "ada"}),
    ],
)
def test_what_is_wrong_is_said_what_was_typed_is_kept_and_nothing_is_made(
    client: Client, page: str, typed: dict[str, str]
) -> None:
    address = entrance.set_up_address()
    client.post(f"{address}?page=place", PLACE)
    client.post(f"{address}?page=way", WAY)
    answer = client.post(f"{address}?page={page}", typed)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert all(f'value="{value}"' in shown for value in typed.values() if value and value != "Nowhere/Here")
    assert not Person.objects.exists()
    assert not Space.objects.exists()


def test_going_back_keeps_even_what_is_not_right_yet(client: Client) -> None:
    address = entrance.set_up_address()
    client.post(f"{address}?page=place", PLACE)
    client.post(f"{address}?page=way", WAY)
    half = {"name": "Ada", "email": "ada@", "password": "secret-words", "back": "1"}
    assert client.post(f"{address}?page=owner", half)["Location"].endswith("?page=way")
    assert 'value="ada@"' in client.get(f"{address}?page=owner").content.decode()
    assert "secret-words" not in str(SettingUp.typed_so_far())


def test_an_interrupted_set_up_goes_on_where_it_was_left(client: Client) -> None:
    address = entrance.set_up_address()
    client.post(f"{address}?page=place", PLACE)
    later = Client().get(address).content.decode()
    assert 'name="wings"' in later
    assert 'value="The Spoke"' in Client().get(f"{address}?page=place").content.decode()


def test_no_page_is_left_out(client: Client) -> None:
    address = entrance.set_up_address()
    assert 'name="community"' in client.get(f"{address}?page=owner").content.decode()
    assert client.post(f"{address}?page=owner", OWNER).status_code == 422
    assert not Person.objects.exists()


def test_nobody_joins_before_there_is_an_owner(client: Client) -> None:
    entrance.set_up_address()
    typed = {"name": "Eve", "email": "eve@example.org", "password1": "the-long-road-home"}
    assert "not open yet" in client.post("/join/", typed).content.decode()
    assert not Person.objects.exists()
    walk(client)
    assert "not open yet" not in Client().get("/join/").content.decode()


def test_another_code_opens_nothing(client: Client) -> None:
    entrance.set_up_address()
    assert client.get("/set-up/guessed/").status_code == 404
    assert client.post("/set-up/guessed/", PLACE).status_code == 404


def test_the_launch_list_ticks_itself_and_leaves_out_what_is_not_used(client: Client) -> None:
    walk(client, wings="community")
    assert not Channel.objects.exists()
    actor = actor_of(Person.objects.get())
    before = launch(actor, "http://localhost")
    assert before is not None
    assert len(before.lines) == sum(step.wing != "social" and not step.team for step in STEPS)
    assert before.done == 0
    assert len(before.links) == 10
    client.post("/profile/", {"name": "Ada", "zone": "UTC", "shown_to": "members"})
    after = launch(actor, "http://localhost")
    assert after is not None
    assert after.done == 1


def test_the_launch_list_counts_nothing_of_spaces_that_its_reader_does_not_read(client: Client) -> None:
    walk(client)
    owner = actor_of(Person.objects.get())
    hidden = make_space("Hidden", "secret")
    insider = make_insider(hidden, "space.steward")
    before = counted(Beginning.objects.get().at, owner)
    topic = open_topic(hidden, title="Only for us", source="Words.", by=insider)
    add_reply(topic, source="More words.", by=insider)
    shape = FormatPlan("Round", "topic", "weekly", 0, time(9), title="Round", opening="Begin.")
    start_format(keep_format(hidden, shape, by=insider), by=insider)
    write_grant(Person.objects.get(id=owner.own_id), role("member"), None, by=owner)
    write_grant(make_person("Ben"), role("space.member"), hidden, by=insider)
    after = counted(Beginning.objects.get().at, owner)
    assert after == before | {"spaces.role_granted": (1, 1)}
    seen = counted(Beginning.objects.get().at, insider)
    assert (seen["talk.topic_opened"][0], seen["talk.reply_added"][0]) == (2, 1)
    assert "gather.format_started" not in after
    assert seen["gather.format_started"] == (1, 1)


def test_nothing_is_ticked_before_a_team_has_done_anything(client: Client) -> None:
    walk(client, is_team="team")
    begun = launch(actor_of(Person.objects.get()), "http://localhost")
    assert begun is not None
    assert (len(begun.lines), begun.done) == (len(STEPS), 0)


def test_for_social_media_alone_there_are_no_spaces(client: Client) -> None:
    walk(client, wings="social")
    assert not Space.objects.exists()
    assert not Format.objects.exists()
    assert not Invitation.objects.exists()
    assert Channel.objects.count() == 1


def test_a_team_for_social_media_has_invitations(client: Client) -> None:
    walk(client, wings="social", is_team="team")
    assert Invitation.objects.open().count() == 10
