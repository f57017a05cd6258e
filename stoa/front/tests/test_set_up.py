"""The first-run set-up: its printed address opens once, and what it leaves is no ghost town."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stoa.base import entrance
from stoa.base.models import Site
from stoa.community.gather.actions import plan_event
from stoa.community.gather.tests.makers import make_plan
from stoa.community.talk.actions import add_reply, open_topic
from stoa.front.launch import STEPS, counted, launch
from stoa.front.models import Beginning
from stoa.moderation.models import Clause, Norm
from stoa.people.models import DoorQuestion, Person, purpose
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.actions.roles import role, write_grant
from stoa.spaces.models import Invitation, Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
TYPED = {
    "community": "The Spoke", "whom": "Neighbours of the river quarter.", "share": "Old bicycles", "need": "keep them on the road",
    "is_team": "alone", "wings": "both", "zone": "Europe/Berlin", "name": "Ada", "email": "ada@example.org",
    "password": "the-long-road-home",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Path) -> None:
    settings.STOA_DATA = tmp_path


def test_the_set_up_leaves_an_owner_and_a_place_that_is_not_empty(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    address = entrance.set_up_address()
    assert client.get(address).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(address, TYPED)["Location"] == "/desk/launch/"
    owner = Person.objects.get()
    assert actor_of(owner).may("spaces.break_glass")
    assert purpose() == "For neighbours of the river quarter, who share old bicycles: a place to keep them on the road."
    assert (Space.objects.count(), Clause.objects.in_force().count(), Norm.objects.count()) == (3, 12, 3)
    assert (DoorQuestion.objects.count(), Invitation.objects.open().count()) == (2, 10)
    assert (Site.objects.get().name, Site.objects.get().zone) == ("The Spoke", "Europe/Berlin")
    assert client.get("/desk/launch/").status_code == 200
    assert client.get(address).status_code == 404
    assert entrance.set_up_address() == ""


@pytest.mark.parametrize("change", [{"password": "short"}, {"whom": ""}, {"zone": "Nowhere/Here"}, {"email": "ada"}])
def test_what_is_wrong_is_said_and_nothing_is_made(client: Client, change: dict[str, str]) -> None:
    assert client.post(entrance.set_up_address(), TYPED | change).status_code == 422
    assert not Person.objects.exists()
    assert not Space.objects.exists()


def test_another_code_opens_nothing(client: Client) -> None:
    entrance.set_up_address()
    assert client.get("/set-up/guessed/").status_code == 404
    assert client.post("/set-up/guessed/", TYPED).status_code == 404


def test_the_launch_list_ticks_itself_and_leaves_out_what_is_not_used(client: Client) -> None:
    client.post(entrance.set_up_address(), TYPED | {"wings": "community"})
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
    client.post(entrance.set_up_address(), TYPED)
    owner = actor_of(Person.objects.get())
    hidden = make_space("Hidden", "secret")
    insider = make_insider(hidden, "space.steward")
    before = counted(Beginning.objects.get().at, owner)
    topic = open_topic(hidden, title="Only for us", source="Words.", by=insider)
    add_reply(topic, source="More words.", by=insider)
    plan_event(hidden, make_plan("Evening"), by=insider)
    write_grant(Person.objects.get(id=owner.own_id), role("member"), None, by=owner)
    write_grant(make_person("Ben"), role("space.member"), hidden, by=insider)
    after = counted(Beginning.objects.get().at, owner)
    assert after == before | {"spaces.role_granted": before["spaces.role_granted"] + 1}
    seen = counted(Beginning.objects.get().at, insider)
    assert (seen["talk.topic_opened"], seen["talk.reply_added"], seen["gather.event_planned"]) == (1, 1, 1)


def test_for_social_media_alone_there_are_no_spaces(client: Client) -> None:
    client.post(entrance.set_up_address(), TYPED | {"wings": "social"})
    assert not Space.objects.exists()
    assert not Invitation.objects.exists()
