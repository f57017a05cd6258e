"""What the organisation asks of its people, and who reads the answers."""

import pytest
from django.test import Client

from stoa.base.actors import VISITOR, Actor, Standing
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.work.drain import drain
from stoa.people.actions.fields import (
    Asked,
    answer_fields,
    archive_field,
    bring_field_back,
    move_field,
    write_field,
)
from stoa.people.actions.leaving import erase_person, export_own
from stoa.people.actions.profile import Profile, edit_profile
from stoa.people.check import check
from stoa.people.directory import directory_page, words_said
from stoa.people.fields import open_for, shown_answers
from stoa.people.models import Notice, Person, ProfileAnswer, ProfileField
from stoa.people.tests.makers import actor_of, make_person

pytestmark = pytest.mark.django_db


def manager(*rights: str) -> Actor:
    person = make_person("Manager")
    held = frozenset({"people.edit_fields", *rights})
    return Actor(person_id=person.id, standing=Standing.MEMBER, rights={("site", 0): held})


def field_of(shown_to: str = "members", kind: str = "short", **more: object) -> ProfileField:
    return write_field(None, Asked(f"Field {shown_to}", kind, shown_to=shown_to, **more), by=manager())


def say(person: Person, field: ProfileField, *texts: str) -> None:
    answer_fields(person, {field.id: texts}, by=actor_of(person))


def found(actor: Actor, **asked: str) -> list[str]:
    return [each.name for each in directory_page(actor, asked).people]


@pytest.mark.parametrize(
    ("shown_to", "readers"),
    [
        ("everyone", ["visitor", "member", "team", "herself"]),
        ("members", ["member", "team", "herself"]),
        ("staff", ["team", "herself"]),
        ("self", ["herself"]),
    ],
)
def test_an_answer_is_read_by_those_it_was_given_to(shown_to: str, readers: list[str]) -> None:
    ada, field = make_person("Ada", shown_to="everyone"), field_of(shown_to)
    say(ada, field, "by the harbour")
    asked = {
        "visitor": VISITOR,
        "member": actor_of(make_person("Bo")),
        "team": manager("people.see_desk"),
        "herself": actor_of(ada),
    }
    assert [name for name, actor in asked.items() if shown_answers(ada, actor)] == readers


@pytest.mark.parametrize(("shown_to", "narrows"), [("everyone", 1), ("members", 1), ("staff", 0), ("self", 0)])
def test_members_cannot_ask_the_directory_what_they_may_not_read(shown_to: str, narrows: int) -> None:
    ada, bo, field = make_person("Ada"), make_person("Bo"), field_of(shown_to)
    say(ada, field, "harbour")
    everybody = found(actor_of(bo))
    name = f"field-{field.shown_id}"
    assert found(actor_of(bo), **{name: "harbour"}) == (["Ada"] if narrows else everybody)
    assert found(actor_of(bo), **{name: "hills"}) == ([] if narrows else everybody)
    assert len(directory_page(actor_of(bo), {}).filters) == 3 + narrows


def test_the_team_narrows_by_what_is_shown_to_it_but_not_by_what_is_shown_to_nobody() -> None:
    ada, team = make_person("Ada"), manager("people.see_desk")
    kept, given = field_of("self"), field_of("staff")
    say(ada, kept, "harbour")
    say(ada, given, "harbour")
    assert found(team, **{f"field-{given.shown_id}": "harb"}) == ["Ada"]
    assert found(team, **{f"field-{kept.shown_id}": "hills"}) == found(team)


def test_one_of_several_choices_finds_whoever_chose_it() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    field = field_of(kind="choices", choices=("Saturdays", "Sundays"))
    say(ada, field, "Saturdays", "Sundays")
    say(bo, field, "Sundays")
    name = f"field-{field.shown_id}"
    assert found(actor_of(bo), **{name: "Saturdays"}) == ["Ada"]
    assert found(actor_of(bo), **{name: "Sundays"}) == ["Ada", "Bo"]


def test_an_answer_is_never_shown_to_more_than_it_was_given_to() -> None:
    ada, field, boss = make_person("Ada"), field_of("staff"), manager()
    say(ada, field, "harbour")
    with pytest.raises(Invalid) as refusal:
        write_field(field, Asked(field.label, shown_to="members"), by=boss)
    assert refusal.value.field == "shown_to"
    assert ProfileField.objects.get().shown_to == "staff"
    assert write_field(field, Asked(field.label, shown_to="self"), by=boss).shown_to == "self"


def test_an_answered_field_keeps_its_kind() -> None:
    ada, field = make_person("Ada"), field_of()
    say(ada, field, "harbour")
    with pytest.raises(Invalid):
        write_field(field, Asked(field.label, "link"), by=manager())
    assert ProfileField.objects.get().kind == "short"


def test_an_archived_field_keeps_its_answers_for_the_day_it_comes_back() -> None:
    ada, field = make_person("Ada"), field_of()
    say(ada, field, "harbour")
    archive_field(field, by=manager())
    assert shown_answers(ada, actor_of(make_person("Bo"))) == []
    bring_field_back(field, by=manager())
    assert shown_answers(ada, actor_of(make_person("Cy")))[0][1] == ["harbour"]


def test_fields_are_moved_one_place() -> None:
    first, second, third = (field_of(shown_to) for shown_to in ("everyone", "members", "staff"))
    move_field(third, up=True, by=manager())
    move_field(first, up=True, by=manager())
    assert list(ProfileField.objects.in_order()) == [first, third, second]


def test_whoever_has_no_right_changes_no_field() -> None:
    with pytest.raises(NotAllowed):
        write_field(None, Asked("Shoe size"), by=actor_of(make_person("Bo")))
    assert not ProfileField.objects.exists()


def test_nobody_answers_for_somebody_else() -> None:
    ada, field = make_person("Ada"), field_of()
    with pytest.raises(NotAllowed):
        answer_fields(ada, {field.id: ["harbour"]}, by=actor_of(make_person("Bo")))
    assert not ProfileAnswer.objects.exists()


def test_everyone_is_asked_once_and_can_put_it_off(client: Client) -> None:
    ada = make_person("Ada")
    field = field_of(asked="everyone")
    drain()
    assert Notice.objects.filter(person=ada, kind="people.asked", thing_id=field.id).count() == 1
    client.force_login(ada.account)
    assert f"field-{field.shown_id}" in client.get("/profile/questions/").content.decode()
    assert client.post("/profile/questions/", {"later": "1"}).status_code == 303
    assert open_for(ada) == []
    assert not ProfileAnswer.objects.exists()


def test_the_profile_keeps_answers_and_words(client: Client) -> None:
    ada, field = make_person("Ada"), field_of(kind="link")
    client.force_login(ada.account)
    form = {"name": "Ada", "zone": "UTC", "shown_to": "members", "helps_with": "Zips,  lamps", "looks_for": "a piano"}
    refused = client.post("/profile/", {**form, f"field-{field.shown_id}": "javascript:alert(1)"})
    assert (refused.status_code, ProfileAnswer.objects.count()) == (422, 0)
    assert client.post("/profile/", {**form, f"field-{field.shown_id}": "https://ada.example"}).status_code == 303
    assert ProfileAnswer.objects.get().text == "https://ada.example"
    bo = actor_of(make_person("Bo"))
    assert found(bo, helps="zips") == found(bo, seeks="A piano") == ["Ada"]
    assert found(bo, helps="a piano") == []
    assert words_said(bo, "helps") == ["lamps", "zips"]
    assert list(check()) == []


def test_answers_are_exported_and_erased_with_their_words() -> None:
    ada, field = make_person("Ada"), field_of("self")
    edit_profile(ada, Profile("Ada", helps_with="zips"), by=actor_of(ada))
    say(ada, field, "harbour")
    assert export_own(ada)["profile_answers"][0]["text"] == "harbour"
    erase_person(ada, by=actor_of(ada))
    assert (ProfileAnswer.objects.count(), ada.words.count()) == (0, 0)


@pytest.mark.parametrize("count", [0, 1, 65])
def test_everybody_who_fits_stands_on_one_page_of_the_directory(count: int) -> None:
    reader = actor_of(make_person("Zoe"))
    field = field_of(kind="choice", choices=("North", "South"))
    for number in range(count):
        say(make_person(f"Person {number:02}"), field, "North")
    name, after, seen = f"field-{field.shown_id}", "", []
    for _page in range(4):
        page = directory_page(reader, {name: "North", "after": after})
        seen += [each.name for each in page.people]
        after = page.after
        if not after:
            break
    assert seen == [f"Person {number:02}" for number in range(count)]


def test_the_page_of_the_directory_says_by_what_it_is_narrowed(client: Client) -> None:
    ada, field = make_person("Ada"), field_of(kind="choice", choices=("North", "South"))
    say(ada, field, "North")
    client.force_login(make_person("Bo").account)
    assert client.get("/people/").status_code == 200
    page = client.get("/people/", {f"field-{field.shown_id}": "South"}).content.decode()
    assert "Nobody fits all of this" in page
    assert 'href="/people/?"' in page
