"""A list of members moves in, from the file to somebody who comes and finds their name, their spaces and what they care for."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from stoa.base.checking import complaints
from stoa.base.models import Letter
from stoa.base.work.drain import drain
from stoa.front.models import Import
from stoa.front.tests.test_moving_in import data, rows_of_everything
from stoa.people.models import Account, Person
from stoa.people.tests.makers import make_person
from stoa.people.tests.test_claiming import at_the_door, newcomer
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import make_staff

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
__all__ = ["data"]
LIST = """Name,E-Mail,Interests,Spaces,Joined at
Ada Abel,ada@example.org,"tea, Kettles","Tea room, Tools",2021-05-01
Bo Brandt,bo@example.org,,Tools,2022-01-10
,nobody,,Tea room,
Übermut Öz,UE@example.org,,,
"""


def brought(folder: Path, text: str = LIST) -> Import:
    """What the command read of such a list: nothing of it is here yet."""
    made = folder / "members.csv"
    made.write_text(text)
    told = io.StringIO()
    call_command("moving_in", "members", str(made), "--check", stdout=told)
    (folder / "told").write_text(told.getvalue())
    return Import.objects.latest("id")


def at_the_desk() -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=make_staff("owner").own_id).account)  # type: ignore[arg-type]
    return client


def confirmed(client: Client, row: Import, **form: str) -> Import:
    said = {
        f"{name}-{number}": value
        for number in range(2)
        for name, value in {"takes": "on", "visibility": "members"}.items()
    }
    answer = client.post(f"/desk/moving-in/{row.shown_id}/confirmation/", {**said, **form})
    assert answer.status_code == 303
    drain()
    row.refresh_from_db()
    return row


def test_the_desk_shows_what_a_list_holds_and_what_stays_behind(tmp_path: Path) -> None:
    row, client = brought(tmp_path), at_the_desk()
    page = client.get(f"/desk/moving-in/{row.shown_id}/").content.decode()
    assert (row.found["people"], row.found["places"], row.found["messages"]) == (3, 2, 0)
    assert all(words in page for words in ("Tea room", "Tools", "Lines without an e-mail address", "line 4: nobody"))
    assert (Person.objects.filter(standing="pending").count(), Space.objects.count()) == (0, 0)
    assert "Stays behind: 1" in (tmp_path / "told").read_text()


def test_confirmed_at_the_desk_they_wait_and_whoever_comes_is_themselves(tmp_path: Path) -> None:
    client = at_the_desk()
    row = confirmed(client, brought(tmp_path), **{"visibility-1": "private"})
    assert (row.state, row.carried["people"], row.carried["spaces"], row.carried["belongings"]) == ("done", 3, 2, 3)
    assert set(Space.objects.values_list("name", "visibility")) == {("Tea room", "members"), ("Tools", "private")}
    assert "Here" in client.get(f"/desk/moving-in/{row.shown_id}/").content.decode()
    assert list(complaints()) == []
    client.post(f"/desk/moving-in/{row.shown_id}/letters/")
    assert set(Letter.objects.values_list("address", flat=True)) == {
        "ada@example.org",
        "bo@example.org",
        "UE@example.org",
    }

    new = newcomer("Ada@example.org")
    at_the_door(new).post("/join/door/claim/", {"is_me": "yes"})
    ada = Person.objects.get(name="Ada Abel")
    assert (ada.account_id is not None, ada.joined_at.year, ada.interests) == (True, 2021, ["tea", "kettles"])
    spaces = Grant.objects.filter(person=ada, scope_kind="space").values_list("scope_id", "role__key")
    named = dict(Space.objects.values_list("id", "name"))
    assert {(named[space], role) for space, role in spaces} == {
        ("Tea room", "space.member"), ("Tools", "space.member"),
    }  # fmt: skip


def test_the_same_list_again_changes_nothing_and_a_longer_one_brings_who_is_new(tmp_path: Path) -> None:
    client = at_the_desk()
    confirmed(client, brought(tmp_path))
    before = rows_of_everything()
    assert brought(tmp_path).state == "done"
    assert rows_of_everything() == before
    longer = brought(tmp_path, LIST + "Cem Costa,cem@example.org,,Tools,\n")
    page = client.get(f"/desk/moving-in/{longer.shown_id}/").content.decode()
    assert "which is here already" in page
    form = {
        f"{name}-{number}": value
        for number, each in enumerate(longer.mapping)
        for name, value in {"takes": "on", "visibility": each["visibility"]}.items()
    }
    confirmed(client, longer, **form)
    assert sorted(Person.objects.filter(standing="pending").values_list("name", flat=True)) == [
        "Ada Abel", "Bo Brandt", "Cem Costa", "Übermut Öz",
    ]  # fmt: skip
    assert Space.objects.count() == 2


def test_who_is_a_member_with_that_address_is_not_brought_twice(tmp_path: Path) -> None:
    from allauth.account.models import EmailAddress

    member = make_person("Bo here")
    Account.objects.filter(id=member.account_id).update(email="bo@example.org")
    EmailAddress.objects.create(user_id=member.account_id, email="bo@example.org", verified=True, primary=True)
    row = brought(tmp_path)
    assert row.found["here"] == 1
    confirmed(at_the_desk(), row)
    assert Person.objects.filter(name="Bo Brandt").count() == 0
    assert Grant.objects.filter(person=member, scope_kind="space").count() == 1
