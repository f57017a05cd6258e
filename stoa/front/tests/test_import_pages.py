"""What people do about an import at the desk: confirm it, pause it, write to those who have not come."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.models import Letter
from stoa.front.actions import moving_in
from stoa.front.tests import archives
from stoa.front.tests.test_moving_in import FRONT, SIZE, as_proposed, carried, data, read
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
__all__ = ["data"]


def test_a_worker_carries_what_the_desk_confirmed(tmp_path: Path) -> None:
    from stoa.base.work.drain import drain

    owner = make_staff("owner")
    row = read(tmp_path)
    client = Client()
    client.force_login(Person.objects.get(id=owner.own_id).account)  # type: ignore[arg-type]
    page = client.get(f"/desk/moving-in/{row.shown_id}/").content.decode()
    assert "For whom is each space?" in page
    form = {f"takes-{number}": "on" for number in range(6)}
    form |= {f"visibility-{number}": each["visibility"] for number, each in enumerate(row.mapping)}
    wider = client.post(
        f"/desk/moving-in/{row.shown_id}/confirmation/", {**form, "visibility-1": "public", "name-0": "Tea room"}
    )
    assert wider.status_code == 422
    assert "Tea room" in wider.content.decode()
    assert client.post(f"/desk/moving-in/{row.shown_id}/confirmation/", form).status_code == 303
    drain()
    row.refresh_from_db()
    assert row.state == "done"
    assert "Here" in client.get(f"/desk/moving-in/{row.shown_id}/").content.decode()


def test_it_can_be_paused_and_goes_on(tmp_path: Path) -> None:
    row = read(tmp_path)
    moving_in.confirm_import(row, as_proposed(row), by=FRONT)
    moving_in.pause_import(row, by=FRONT)
    assert not moving_in.carry_on_here(row, lambda _row: None)
    assert Person.objects.count() == 0
    moving_in.go_on(row, by=FRONT)
    assert moving_in.carry_on_here(row, lambda _row: None)


def test_letters_are_written_when_somebody_asks_and_once_to_each(tmp_path: Path) -> None:
    row = carried(read(tmp_path))
    assert Letter.objects.count() == 0
    with pytest.raises(NotAllowed):
        moving_in.write_claim_letters(row, by=Actor())
    assert moving_in.write_claim_letters(row, by=FRONT) == SIZE.people - 2
    assert moving_in.write_claim_letters(row, by=FRONT) == 0
    letter = Letter.objects.get(address="person0@example.org")
    assert letter.subject == "The Menders lives at Stoa now"
    person = Person.objects.get(name=archives.name_of(0))
    erase_person(person, by=replace(actor_of(make_person("Op")), rights={("site", 0): frozenset({"people.erase"})}))
    assert not Letter.objects.filter(address="person0@example.org").exists()
