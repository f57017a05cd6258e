"""The demo: filled once, it fits, says that it is a demo, and keeps away from folders with people in them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from stoa.base import ids, search
from stoa.base.checking import complaints
from stoa.base.demo import Story
from stoa.base.models import FactRow, Hearing, SearchDocument, Site
from stoa.community.talk.models import Reply, Topic
from stoa.front.management.commands.demo import filled, sign_ins
from stoa.people import demo as demo_people
from stoa.people.models import Account, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.models import Grant, Invitation, Space

NOON = datetime(2026, 11, 23, 9, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def files(settings: Any, tmp_path: Path) -> Path:
    """Files of the demo lie in a folder of their own."""
    settings.STOA_DATA = tmp_path
    place = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = {**settings.STORAGES, "default": place}
    return tmp_path


@pytest.fixture
def guild(files: Path) -> Story:
    """The whole of it: tests that only look share one where they can."""
    story = Story(NOON, 1871)
    assert [room for room, _seconds in filled(story)][-1] == "audit"
    return story


def test_the_demo_fits_and_leaves_nothing_to_be_heard(guild: Story) -> None:
    assert list(complaints()) == []
    assert not Hearing.objects.exists()
    assert Person.objects.members().count() == 400
    assert Space.objects.count() == 12
    assert Topic.objects.count() == 1508
    assert Reply.objects.filter(presence="here").count() > 9000
    assert {presence for (presence,) in Reply.objects.values_list("presence").distinct()} == {"here", "hidden"}
    assert set(Space.objects.values_list("visibility", flat=True)) == {"public", "members", "private", "secret"}
    site = Site.objects.get()
    assert (site.name, site.zone, site.is_demo) == ("Brackwater Repair Guild", "Europe/London", True)
    assert not FactRow.objects.filter(at__gt=NOON).exists()


def test_everybody_who_is_printed_can_sign_in_with_their_role(guild: Story) -> None:
    lines = list(sign_ins())
    assert len(lines) == 9
    marta = actor_of(Person.objects.get(id=guild.id_of("person", "marta")))
    assert marta.may("spaces.break_glass")
    account = Account.objects.get(email="amara@brackwater.example")
    assert account.check_password(lines[0].rsplit(" ", 1)[-1])
    assert Grant.objects.filter(scope_kind="site").count() == 7


def test_a_wrong_counter_is_found(guild: Story) -> None:
    maker = Person.objects.get(id=guild.id_of("person", "marta"))
    Invitation.objects.create(used=1, uses=5, ends_at=NOON, by_id=maker.id)
    assert [each.split(":")[0] for each in complaints()] == ["spaces"]


def test_words_without_a_document_and_a_leak_in_the_search_are_found(guild: Story) -> None:
    hidden = guild.id_of("space", "lantern")
    search.index(search.Document("spaces.space", hidden, "Lantern", "", at=NOON, audience=search.Audience.PUBLIC))
    assert f"base: search shows spaces.space {hidden} to everybody, who may not see it" in list(complaints())
    SearchDocument.objects.filter(thing_id=hidden).delete()
    assert "base: search holds 1 words without a document" in list(complaints())


def test_the_same_seed_gives_the_same_guild(files: Path) -> None:
    twice = []
    for _again in range(2):
        with transaction.atomic(), ids.seeded(7):
            demo_people.fill(Story(NOON, 7))
            twice.append(list(Person.objects.order_by("id").values_list("id", "name", "joined_at")))
            transaction.set_rollback(True)
    assert twice[0] == twice[1]
    assert len(twice[0]) == 400


def test_a_folder_with_people_is_left_alone(files: Path) -> None:
    make_person("Somebody")
    with pytest.raises(CommandError, match="There are people in this folder already"):
        call_command("demo")
    assert Person.objects.count() == 1
