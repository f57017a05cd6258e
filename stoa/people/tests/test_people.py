"""Standing, profiles, blocks, notices, leaving."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import models

from stoa.base import actors, clock
from stoa.base.actors import VISITOR, Actor, Standing
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.models.letter import Letter
from stoa.people import notices
from stoa.people.actions.leaving import erase_person, export_person
from stoa.people.actions.notice import read_all, tell
from stoa.people.actions.profile import (
    Profile,
    block_person,
    edit_profile,
    follow,
    followers,
    set_purpose,
    unblock_person,
)
from stoa.people.actions.standing import reinstate_person, set_level, suspend_person
from stoa.people.actions.wishes import wish
from stoa.people.models import Account, Block, DoorAnswer, DoorQuestion, Identity, Notice, Person, SignUp, purpose
from stoa.people.naming import mentioned, names_of
from stoa.people.notices import NoticeKind
from stoa.people.tests.makers import actor_of, make_actor, make_person

pytestmark = pytest.mark.django_db
CANARY = "canary-7f3a"


@pytest.fixture
def nudge() -> str:
    notices.register(
        NoticeKind(
            "test.nudge", lambda: "Nudges", lambda count, name, card: f"{name} {count}", lambda: "Look", "at_once"
        )
    )
    yield "test.nudge"
    notices._kinds.pop("test.nudge")


def with_right(right: str) -> Actor:
    person = make_person("Staff")
    return Actor(person_id=person.id, standing=Standing.MEMBER, rights={("site", 0): frozenset({right})})


def test_a_suspension_ends_by_itself() -> None:
    person, moderator = make_person(), with_right("people.suspend")
    suspend_person(person, clock.now() + timedelta(days=1), by=moderator)
    assert actor_of(person).standing is Standing.SUSPENDED
    with clock.moved(by=timedelta(days=2)):
        assert actor_of(person).standing is Standing.MEMBER


def test_suspending_asks_for_the_right_and_spares_oneself() -> None:
    person = make_person()
    with pytest.raises(NotAllowed):
        suspend_person(person, None, by=make_actor("Eve"))
    moderator = with_right("people.suspend")
    with pytest.raises(NotAllowed):
        suspend_person(Person.objects.get(id=moderator.person_id), None, by=moderator)
    assert Person.objects.filter(standing="suspended").count() == 0
    suspend_person(person, None, by=moderator)
    reinstate_person(person, by=moderator)
    assert [row.name for row in FactRow.objects.order_by("at", "id")] == [
        "people.person_suspended",
        "people.person_reinstated",
    ]


def test_levels_are_set_by_the_system_and_their_changes_are_facts() -> None:
    person = make_person(level=0)
    set_level(person, 2, by=actors.system("talk"))
    set_level(person, 2, by=actors.system("talk"))
    assert FactRow.objects.get().content == {"person": person.id, "before": 0, "after": 2}
    with pytest.raises(NotAllowed):
        set_level(person, 4, by=actor_of(person))


def test_members_see_members_and_visitors_those_who_want_to_be_seen() -> None:
    ada, seen = make_person("Ada"), make_person("Bo", shown_to="everyone")
    new, gone = make_person("Cy", "pending"), make_person("Di", "erased")
    assert set(Person.objects.visible_to(actor_of(ada))) == {ada, seen}
    assert set(Person.objects.visible_to(VISITOR)) == {seen}
    assert set(Person.objects.visible_to(actor_of(new))) == {seen, new}
    assert gone not in Person.objects.members()


def test_one_edits_ones_own_profile_only() -> None:
    ada = make_person("Ada")
    edit_profile(ada, Profile("Ágnes", helps_with="zips", interests=("zips",)), by=actor_of(ada))
    assert Person.objects.get(folded="ágnes").helps_with == "zips"
    with pytest.raises(NotAllowed):
        edit_profile(ada, Profile("Eve"), by=make_actor("Eve"))
    with pytest.raises(Invalid):
        edit_profile(ada, Profile(" "), by=actor_of(ada))


def test_a_mention_means_exactly_one_member() -> None:
    ada = make_person("Ágnes Berg")
    make_person("Bo"), make_person("Bo")
    assert mentioned(["ágnes berg", "bo", "nobody"]) == {"ágnes berg": ada.id}
    assert names_of([ada.id])[ada.id].address == ada.address


def test_the_purpose_is_one_sentence_of_the_manager() -> None:
    assert purpose() == ""
    set_purpose("We keep things in use.", by=with_right("people.set_purpose"))
    set_purpose("We mend.", by=with_right("people.set_purpose"))
    assert purpose() == "We mend."
    with pytest.raises(NotAllowed):
        set_purpose("Mine", by=make_actor())


def test_a_block_stands_between_two_and_a_mute_does_not() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    block_person(bo, by=actor_of(ada), kind="mute")
    assert not Block.objects.stand_between(ada.id, bo.id)
    block_person(bo, by=actor_of(ada))
    assert Block.objects.stand_between(bo.id, ada.id)
    assert actor_of(ada).blocked == {bo.id}
    unblock_person(bo, by=actor_of(ada))
    assert actor_of(ada).blocked == frozenset()
    with pytest.raises(NotAllowed):
        block_person(ada, by=actor_of(ada))


def test_notices_are_merged_while_unread(nudge: str) -> None:
    ada, bo = make_person("Ada"), make_actor("Bo")
    thing = ("people.person", bo.person_id or 0)
    assert tell([ada.id, bo.person_id or 0], nudge, thing, by=bo) == 1
    tell([ada.id], nudge, thing, by=bo)
    assert Notice.objects.get().count == 2
    assert read_all(by=actor_of(ada)) == 1
    tell([ada.id], nudge, thing, by=bo)
    assert sorted(Notice.objects.values_list("count", flat=True)) == [1, 2]


def test_who_muted_the_thing_or_blocked_the_doer_is_not_told(nudge: str) -> None:
    bo, cy, di = make_actor("Bo"), make_person("Cy"), make_person("Di")
    thing = ("people.person", bo.person_id or 0)
    follow(thing, "mute", by=actor_of(cy))
    block_person(Person.objects.get(id=bo.person_id), by=actor_of(di))
    assert tell([cy.id, di.id], nudge, thing, by=bo) == 0


def test_one_follows_only_what_one_sees(nudge: str) -> None:
    ada, hidden = make_actor("Ada"), make_person("Cy", "pending")
    with pytest.raises(NotAllowed):
        follow(("people.person", hidden.id), "watch", by=ada)
    thing = ("people.person", make_person("Bo").id)
    follow(thing, "watch", by=ada)
    assert followers(thing) == [ada.person_id]
    follow(thing, "", by=ada)
    assert followers(thing) == []
    with pytest.raises(Invalid):
        wish("no.such", "mail", "never", by=ada)


def full_person() -> Person:
    person = make_person(f"Name {CANARY}", bio=f"Bio {CANARY}", helps_with=CANARY, interests=[CANARY])
    Account.objects.filter(id=person.account_id).update(email=f"{CANARY}@example.org")
    person.refresh_from_db()
    SignUp.objects.create(person=person, via=CANARY)
    DoorAnswer.objects.create(person=person, question=DoorQuestion.objects.create(), text=CANARY)
    Identity.objects.create(network="email", remote_id=f"{CANARY}@example.org", person=person)
    Letter.objects.create(kind="people.x", person_id=person.id, subject=CANARY, text=CANARY)
    Letter.objects.create(kind="account", address=f"{CANARY}@example.org", subject="x", text="x")
    return person


def everything() -> str:
    """All columns of all rows of all tables, as text."""
    rows = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields if not isinstance(field, models.BinaryField)]
        rows += [repr(row) for row in model._default_manager.values_list(*names)]
    return "\n".join(rows)


def test_erased_means_no_trace_in_any_table_and_nobody_elses_row_changes() -> None:
    other = make_person("Bo")
    before = Person.objects.filter(id=other.id).values().get()
    person = full_person()
    assert CANARY in everything()
    erase_person(person, by=actor_of(person))
    assert CANARY not in everything()
    kept = Person.objects.get(id=person.id)
    assert (kept.name, kept.standing, kept.account_id) == ("", "erased", None)
    assert Person.objects.filter(id=other.id).values().get() == before
    assert actors.of_person(person.id) == VISITOR


def test_the_export_holds_what_is_known_and_only_for_oneself() -> None:
    person = full_person()
    packed = zipfile.ZipFile(io.BytesIO(export_person(person, by=actor_of(person))))
    own = json.loads(packed.read("people.json"))
    assert own["profile"]["bio"] == f"Bio {CANARY}"
    assert own["account"]["email"] == f"{CANARY}@example.org"
    assert own["door_answers"][0]["text"] == CANARY
    with pytest.raises(NotAllowed):
        export_person(person, by=make_actor("Eve"))


def test_nobody_erases_another_or_the_same_person_twice() -> None:
    person = make_person()
    with pytest.raises(NotAllowed):
        erase_person(person, by=make_actor("Eve"))
    operator = with_right("people.erase")
    erase_person(person, by=operator)
    with pytest.raises(NotPossible):
        erase_person(person, by=operator)
