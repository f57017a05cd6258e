"""What people get besides pages is shown leaks, one of each class, and each is seen."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from stoa.base import things
from stoa.base.desk import AgendaItem, Section, WorkRow
from stoa.base.live import hearing_rights
from stoa.base.models import Letter
from stoa.base.search import Readable
from stoa.community.gather.models import Event
from stoa.community.talk.models import Topic
from stoa.people import keeping
from stoa.social.publish import material
from stoa.social.publish.models import Link
from tests.access import outputs, sweep
from tests.access.asking import unchanged
from tests.access.canaries import Watch
from tests.access.rules import Kind, Rule
from tests.access.world import INSTANT, World

Plant = Callable[[World, pytest.MonkeyPatch], Any]
PLANTS: dict[str, Plant] = {}


def plants(where: str) -> Callable[[Plant], Plant]:
    """The output in which this leak must be seen."""

    def keep(plant: Plant) -> Plant:
        PLANTS[where] = plant
        return plant

    return keep


def see_all(patch: pytest.MonkeyPatch, key: str, rows: Any) -> None:
    patch.setitem(
        things._kinds,
        key,
        replace(things.kinds()[key], visible=lambda _actor, numbers: rows.filter(id__in=numbers), stands=False),
    )


@plants("live stream")
def stream(world: World, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(hearing_rights._rules, "spaces.space", lambda actor, number: True)


@plants("letters")
def letters(world: World, patch: pytest.MonkeyPatch) -> None:
    """To the owner, about nothing, in words that only the secret space knows."""
    name, owner = world.spaces["secret"].name, world.people["owner"]
    Letter.objects.create(
        kind="planted", subject=name, text="", person_id=owner.id, address="o@example.org", state="kept"
    )


@plants("cards of things")
def cards(world: World, patch: pytest.MonkeyPatch) -> None:
    see_all(patch, "talk.topic", Topic.objects.select_related("space", "author"))


@plants("notices of everything")
def notices(world: World, patch: pytest.MonkeyPatch) -> None:
    see_all(patch, "gather.event", Event.objects.select_related("space"))


@plants("search for kanari")
def found(world: World, patch: pytest.MonkeyPatch) -> None:
    everywhere = Readable(members=True, scope_ids=frozenset(space.id for space in world.spaces.values()))
    patch.setattr("stoa.community.talk.tests.world.search_readable", lambda _actor: everywhere)


@plants("calendar feed")
def feed(world: World, patch: pytest.MonkeyPatch) -> None:
    found = [(event, True) for event in Event.objects.select_related("space")]
    patch.setattr("stoa.community.gather.tests.world.events_of", lambda _actor: found)


@plants("today's all")
def today(world: World, patch: pytest.MonkeyPatch) -> None:
    row = WorkRow("a:1", Section.DECIDE, world.spaces["secret"].name, "why", "Look", "/", INSTANT)
    patch.setattr("stoa.front.worklist.work_rows", lambda _actor: [row])


@plants("the calendar")
def agenda(world: World, patch: pytest.MonkeyPatch) -> None:
    item = AgendaItem("a:1", INSTANT, None, world.get("gather.event", "secret").title, "/", "community")
    patch.setattr("stoa.community.gather.agenda.items", lambda *_: [item])


@plants("the composer's planted")
def offers(world: World, patch: pytest.MonkeyPatch) -> None:
    found = [material.Material("planted", 1, topic.title) for topic in Topic.objects.all()]
    kind = material.Kind("planted", lambda: "", lambda *_: found, lambda *_: None)
    patch.setitem(material._kinds, "planted", kind)


@plants("/l/")
def link(world: World, patch: pytest.MonkeyPatch) -> None:
    target = f"/topics/{world.get('talk.topic', 'secret').shown_id}/"
    Link.objects.filter(id=world.get("bridge.link", "public").id).update(target=target)


@pytest.mark.parametrize("where", PLANTS)
def test_a_leak_in_an_output_is_caught(world: World, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    PLANTS[where](world, monkeypatch)
    watch = Watch(world, "owner")
    with unchanged():
        seen = {said for said, content in outputs.of(world, "owner") if watch.sentences(content, said)}
    assert where in {said[: len(where)] for said in seen}


def test_an_export_that_takes_others_words_along_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    takes = keeping.Keeping(
        "planted", lambda _person: {"all": list(Topic.objects.values_list("title", flat=True))}, lambda _: None
    )
    monkeypatch.setitem(keeping._keepings, "planted", takes)
    rule = Rule("people:export", Kind.ACCOUNT, reads="", acts="POST")
    wrong = sweep.sweep(world, (rule,), ("owner",), besides=False).leaks.wrong
    assert "owner finds the secret topic.title in POST people:export (public)" in wrong


def test_bytes_that_are_given_to_everybody_are_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("stoa.base.files.may_see_file", lambda _actor, _file: True)
    rule = Rule("base:file", Kind.CONTENT, of={"file_id": "talk.picture"})
    wrong = sweep.sweep(world, (rule,), ("owner",), besides=False).leaks.wrong
    for what in ("picture.bytes", "picture.digest"):
        for variant in ("", " ?size=thumb"):
            assert f"owner finds the secret {what} in GET base:file (secret){variant}" in wrong


def test_a_number_that_counts_what_is_hidden_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the two worlds see it: no word stands there."""
    secret = Topic.objects.filter(space=world.spaces["secret"])
    monkeypatch.setattr(
        "stoa.front.launch.counted", lambda since, actor: {"talk.topic_opened": (5 * secret.count(), 1)}
    )
    one = sweep.sweep(world, (), ("owner",))
    assert not one.leaks.wrong
    secret.update(space=world.spaces["private"])
    assert any("the launch list of owner" in each for each in sweep.differences(one, sweep.again(world, one)).wrong)
