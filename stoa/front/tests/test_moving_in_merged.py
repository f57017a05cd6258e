"""Topics of an archive that were merged here since: what a later round brings stands where their words stand now."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from stoa.base.checking import complaints
from stoa.community.talk.actions import merge_topic
from stoa.community.talk.models import Mark, Presence, Reply, Topic
from stoa.front.actions import moving_in
from stoa.front.actions.moving_in.load import Load
from stoa.front.models import Moved
from stoa.front.tests.test_moving_in import FRONT, SIZE, as_proposed, carried, read
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> None:
    settings.STOA_DATA = tmp_path / "data"


def merged(signed: set[int] | None = None) -> tuple[Topic, Topic]:
    """An open topic that came along, and a later one of its space (one of these, if some are said) that is merged into it."""
    rows = list(Topic.objects.visible_to(actor_of(make_person("Bo"))).select_related("space").order_by("id"))
    later = [each for each in rows if signed is None or each.id in signed]
    into, gone = next((one, two) for two in later for one in rows if one.space == two.space and one.id < two.id)
    return merge_topic(gone, into=into, by=make_staff("owner")), gone


def test_what_a_newer_archive_brings_for_it_stands_in_the_other(tmp_path: Path) -> None:
    carried(read(tmp_path, size=replace(SIZE, messages=100)))
    into, gone = merged()
    before = set(into.replies.values_list("id", flat=True))
    later = tmp_path / "later"
    later.mkdir()
    row = carried(read(later))
    assert Reply.objects.filter(topic=gone).count() == 0
    assert Topic.objects.get(id=gone.id).presence == Presence.MERGED
    brought = Moved.objects.filter(brought=row, kind="message", thing_key="talk.reply").values("thing_id")
    assert Reply.objects.filter(topic=into, id__in=brought).exclude(id__in=before).count() > 5
    times = list(into.replies.order_by("id").values_list("added_at", flat=True))
    assert times == sorted(times)
    assert Moved.objects.filter(kind="message").count() == row.found["messages"]
    assert list(complaints()) == []


def test_signs_stand_under_its_words_where_they_are_now(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.front.actions.moving_in import carrying

    row = read(tmp_path, size=replace(SIZE, messages=400))
    moving_in.confirm_import(row, as_proposed(row), by=FRONT)
    whole, gone = carrying.STEPS["signs"], list[Topic]()

    def merged_before(load: Load) -> bool:
        if not gone:
            signed = load.moved("message", [sign.message for sign in load.van.signs()])
            gone.append(merged({number for key, number in signed.values() if key == "talk.topic"})[1])
        return whole(load)

    monkeypatch.setitem(carrying.STEPS, "signs", merged_before)
    assert moving_in.carry_on_here(row, lambda _row: None)
    assert Mark.objects.filter(topic=gone[0]).count() == 0
    assert Mark.objects.filter(reply=gone[0].id).exists()
    assert list(complaints()) == []
