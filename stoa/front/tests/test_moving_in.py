"""A community moves in: what comes, what stays behind, for whom it is, and that it comes once."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps

from stoa.base import actors, clock
from stoa.base.actors import VISITOR
from stoa.base.checking import complaints
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow, File, Letter
from stoa.community.talk.models import CaughtUp, Mark, Reply, Topic
from stoa.community.talk.unread import only_news
from stoa.front.actions import moving_in
from stoa.front.actions.moving_in.reading import van_folder
from stoa.front.models import Import, ImportTrouble, Moved, OldHome
from stoa.front.moving_in.places import Mapped, as_rows, from_rows
from stoa.front.tests import archives
from stoa.front.tests.archives import Size
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
SIZE = Size(messages=200)
FRONT = actors.system("front")


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> None:
    settings.STOA_DATA = tmp_path / "data"


def read(folder: Path, system: str = "zulip", size: Size = SIZE) -> Import:
    made = {"zulip": archives.zulip, "discourse": archives.discourse}[system](folder, size)
    return moving_in.read_archive(system, made, by=FRONT)


def as_proposed(row: Import) -> dict[str, dict[str, Any]]:
    return {each["key"]: each for each in row.mapping}


def carried(row: Import, **confirmed: Any) -> Import:
    moving_in.confirm_import(row, {**as_proposed(row), **confirmed}, by=FRONT)
    assert moving_in.carry_on_here(row, lambda _row: None)
    row.refresh_from_db()
    return row


def rows_of_everything() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model._meta.managed}


def test_what_was_read_is_nothing_yet_and_says_what_it_holds(tmp_path: Path) -> None:
    row = read(tmp_path)
    assert row.state == "proposed"
    assert (row.found["people"], row.found["places"], row.found["messages"], row.found["here"]) == (25, 6, 195, 0)
    assert {each["what"]: each["count"] for each in row.noted if each["is_left"]} == {
        "signs": 11,
        "direct_messages": 5,
        "files": 1,
    }
    assert [each["visibility"] for each in row.mapping] == [
        "members",
        "private",
        "public",
        "members",
        "members",
        "members",
    ]
    assert (Person.objects.count(), Topic.objects.count(), Space.objects.count()) == (0, 0, 0)
    assert FactRow.objects.get().name == "front.import_read"


def test_nothing_comes_before_a_person_confirmed_it(tmp_path: Path) -> None:
    row = read(tmp_path)
    assert not moving_in.carry_on_here(row, lambda _row: None)
    moving_in.carry(row.id, row.fence)
    assert Topic.objects.count() == 0
    with pytest.raises(NotAllowed):
        moving_in.confirm_import(row, as_proposed(row), by=actor_of(make_person("Bo")))
    row.refresh_from_db()
    assert row.state == "proposed"


def test_a_place_becomes_no_more_open_than_it_was(tmp_path: Path) -> None:
    row = read(tmp_path)
    with pytest.raises(Invalid, match="it cannot become public here"):
        moving_in.confirm_import(row, {**as_proposed(row), "2": {"visibility": "public", "takes": True}}, by=FRONT)
    with pytest.raises(Invalid, match="Nothing is said of"):
        moving_in.confirm_import(row, {}, by=FRONT)
    row.refresh_from_db()
    assert (row.state, row.confirmed_at) == ("proposed", None)


@pytest.mark.parametrize("system", ["zulip", "discourse"])
def test_a_whole_community_comes_and_everything_fits(tmp_path: Path, system: str) -> None:
    row = carried(read(tmp_path, system))
    topics, replies = Topic.objects.count(), Reply.objects.count()
    assert topics + replies == row.found["messages"]
    assert (row.state, row.carried["topics"], row.carried["replies"]) == ("done", topics, replies)
    assert Mark.objects.count() > 20
    assert File.objects.filter(thing_key__in=("talk.topic", "talk.reply")).count() == SIZE.pictures
    assert [(trouble.what, trouble.of_id is None) for trouble in ImportTrouble.objects.all()] == [("picture", False)]
    assert list(complaints()) == []
    assert not van_folder(row.folder).exists()
    assert FactRow.objects.filter(name="front.moved_in").count() == 1


def test_times_authors_and_order_are_those_of_then(tmp_path: Path) -> None:
    carried(read(tmp_path))
    told = list(archives.zulip_messages(SIZE))
    stream = [each for each in told if each["recipient"] != 900]
    written = {(row.opened_at.timestamp(), row.author.name) for row in Topic.objects.select_related("author")}
    written |= {(row.added_at.timestamp(), row.author.name) for row in Reply.objects.select_related("author")}
    names = {10 + number: archives.name_of(number) for number in range(SIZE.people)}
    assert {(round(at, 3), name) for at, name in written} == {
        (round(float(str(each["date_sent"])), 3), names[int(str(each["sender"]))]) for each in stream
    }
    for topic in Topic.objects.all():
        times = list(topic.replies.order_by("id").values_list("added_at", flat=True))
        assert times == sorted(times)
        assert not topic.replies.filter(id__lt=topic.id).exists()


@pytest.mark.parametrize("system", ["zulip", "discourse"])
def test_the_second_time_nothing_changes(tmp_path: Path, system: str) -> None:
    row = carried(read(tmp_path, system))
    before = rows_of_everything()
    made = next(each for each in tmp_path.iterdir() if each.name.endswith(".tar.gz"))
    again = moving_in.read_archive(system, made, by=FRONT, again=True)
    assert again == row
    moving_in.carry_again(row, by=FRONT)
    assert moving_in.carry_on_here(row, lambda _row: None)
    after = rows_of_everything()
    assert {name for name in after if after[name] != before[name]} == {
        "base.FactRow"
    }  # that it was gone through once more


class Killed(BaseException):
    """As a process that is gone."""


@pytest.mark.parametrize("step", ["carry_people", "carry_messages", "carry_signs"])
def test_killed_at_any_moment_it_goes_on_where_it_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from stoa.front.actions.moving_in import carrying, messages

    monkeypatch.setattr(messages, "AT_ONCE", 20)
    row = read(tmp_path)
    moving_in.confirm_import(row, as_proposed(row), by=FRONT)
    name, calls = step.removeprefix("carry_"), 0
    whole = carrying.STEPS[name]

    def killed(load: Any) -> bool:
        nonlocal calls
        calls += 1
        done = whole(load)
        if calls == 2:
            raise Killed
        return done

    monkeypatch.setitem(carrying.STEPS, name, killed)
    with pytest.raises(Killed):
        moving_in.carry_on_here(row, lambda _row: None)
    Import.objects.update(lease_until=None)  # its lease has run out
    assert moving_in.carry_on_here(row, lambda _row: None)
    row.refresh_from_db()
    assert Topic.objects.count() + Reply.objects.count() == row.found["messages"]
    assert Moved.objects.filter(kind="message").count() == row.found["messages"]
    assert list(complaints()) == []


def test_closed_channels_are_for_those_who_were_in_them(tmp_path: Path) -> None:
    carried(read(tmp_path))
    space = Space.objects.get(visibility="private")
    inside = set(Grant.objects.filter(scope_id=space.id).values_list("person__name", "role__key"))
    assert inside == {(archives.name_of(0), "space.steward"), (archives.name_of(2), "space.member")}
    member, owner = actor_of(make_person("Bo")), make_staff("owner")
    for reader in (VISITOR, member, owner):
        assert not Topic.objects.visible_to(reader).filter(space=space).exists()
    assert Topic.objects.visible_to(VISITOR).exists()
    assert all(topic.space.visibility == "public" for topic in Topic.objects.visible_to(VISITOR))


def test_what_a_person_leaves_out_does_not_come(tmp_path: Path) -> None:
    row = read(tmp_path)
    carried(
        row, **{"1": {**as_proposed(row)["1"], "takes": False}, "5": {**as_proposed(row)["5"], "visibility": "secret"}}
    )
    assert Space.objects.filter(visibility="secret").count() == 1
    assert Space.objects.count() == 5
    assert row.carried["left"] == row.mapping[0]["messages"]


def test_people_wait_and_are_not_members_until_they_come(tmp_path: Path) -> None:
    carried(read(tmp_path))
    reader = actor_of(make_person("Bo"))
    assert list(Person.objects.visible_to(reader).values_list("name", flat=True)) == ["Bo"]
    away = Person.objects.get(name=archives.name_of(3))
    assert away.identities.count() == 0
    assert (
        Person.objects.filter(standing="pending", account=None, identities__network="email").count() == SIZE.people - 2
    )


def test_nobody_is_told_and_nothing_is_new_for_who_is_here(tmp_path: Path) -> None:
    early = make_person("Bo", joined_at=datetime(2016, 1, 1, tzinfo=UTC))
    carried(read(tmp_path))
    assert (Notice.objects.count(), Letter.objects.count()) == (0, 0)
    assert CaughtUp.objects.filter(person=early).count() == Space.objects.count()
    reader = actor_of(early)
    assert not only_news(Topic.objects.visible_to(reader).here(), reader).exists()


def test_who_left_for_good_is_not_brought_back(tmp_path: Path) -> None:
    first = carried(read(tmp_path, size=replace(SIZE, messages=100)))
    person = Person.objects.get(name=archives.name_of(1))
    ImportTrouble.objects.create(brought=first, what="portrait", which=person.name, of_id=person.id)
    first.noted = [{"what": "people_away", "is_left": False, "count": 1, "example": person.name}]
    first.save(update_fields=["noted"])
    erase_person(person, by=replace(actor_of(make_person("Op")), rights={("site", 0): frozenset({"people.erase"})}))
    assert not ImportTrouble.objects.filter(what="portrait").exists()
    first.refresh_from_db()
    assert first.noted[0]["example"] == ""
    assert list(complaints()) == []
    later = tmp_path / "later"
    later.mkdir()
    second = carried(read(later))
    assert (second.home_id, second.id != first.id) == (first.home_id, True)
    assert not Person.objects.filter(name=archives.name_of(1)).exists()
    assert not Reply.objects.filter(author=person).exclude(source="").exists()
    assert not Moved.objects.filter(kind="person", old="11").exists()


def test_a_member_of_the_same_proven_address_is_the_author(tmp_path: Path) -> None:
    from allauth.account.models import EmailAddress

    from stoa.people.models import Account

    member = make_person("Ada here")
    Account.objects.filter(id=member.account_id).update(email="person0@example.org")
    EmailAddress.objects.create(user_id=member.account_id, email="person0@example.org", verified=True, primary=True)
    row = carried(read(tmp_path))
    assert row.found["here"] == 1
    assert Topic.objects.filter(author=member).count() + Reply.objects.filter(author=member).count() > 0
    assert not Person.objects.filter(name=archives.name_of(0)).exists()


def test_a_newer_archive_brings_only_what_is_new(tmp_path: Path) -> None:
    carried(read(tmp_path, "discourse", replace(SIZE, messages=120)))
    before = Topic.objects.count() + Reply.objects.count()
    later = tmp_path / "later"
    later.mkdir()
    made = archives.discourse(later, replace(SIZE, messages=120, pictures=4))
    row = moving_in.read_archive("discourse", made, by=FRONT)
    assert all(each["space"] for each in row.mapping)
    carried(row)
    assert Topic.objects.count() + Reply.objects.count() == before
    assert (OldHome.objects.count(), Space.objects.count()) == (1, 6)


def test_a_space_that_was_opened_since_takes_no_more_of_a_closed_place(tmp_path: Path) -> None:
    carried(read(tmp_path, size=replace(SIZE, messages=100)))
    Space.objects.filter(visibility="private").update(visibility="public")
    later = tmp_path / "later"
    later.mkdir()
    row = read(later)
    closed = next(each for each in from_rows(row.mapping) if each.key == "2")
    assert (closed.takes, closed.visibility) == (False, "private")
    wish = as_rows([Mapped(**{**closed.__dict__, "takes": True})])[0]
    with pytest.raises(Invalid, match="is more open than"):
        moving_in.confirm_import(row, {**as_proposed(row), "2": wish}, by=FRONT)


def test_old_times_of_before_this_house_keep_their_order(tmp_path: Path) -> None:
    carried(read(tmp_path))
    old = Reply.objects.filter(added_at__year=2018).order_by("id").values_list("added_at", flat=True)
    assert len(old) > 5
    assert Reply.objects.order_by("-id")[0].added_at < clock.now()


def test_signs_taken_back_since_do_not_come_back(tmp_path: Path) -> None:
    row = carried(read(tmp_path))
    Mark.objects.all().delete()
    made = tmp_path / "zulip-export.tar.gz"
    moving_in.read_archive("zulip", made, by=FRONT, again=True)
    moving_in.carry_again(row, by=FRONT)
    moving_in.carry_on_here(row, lambda _row: None)
    assert Mark.objects.count() == 0
