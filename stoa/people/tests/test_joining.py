"""Through the door: answers, steps, being let in."""

from collections.abc import Iterator

import pytest
from django.http import QueryDict

from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow
from stoa.people import door
from stoa.people.actions.joining import (
    admit,
    answer_door,
    pass_step,
    retire_question,
    sign_up,
    write_question,
)
from stoa.people.actions.words import words_in
from stoa.people.models import Account, DoorAnswer, DoorQuestion, Person, SignUp
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.vouching import fingerprint

pytestmark = pytest.mark.django_db


@pytest.fixture
def steps() -> Iterator[dict[str, door.Step]]:
    kept = dict(door._steps)
    door._steps.clear()
    yield door._steps
    door._steps.clear()
    door._steps.update(kept)


def step(key: str, order: int, is_needed: bool = True) -> door.Step:
    def take(person: Person, form: QueryDict, *, by: Actor) -> None: ...

    return door.Step(key, order, lambda: key, lambda person, actor: is_needed, lambda request, person: "", take)


def newcomer() -> Person:
    return sign_up(Account.objects.create(email="new@example.org"), name=" Noor ", via="k7m2", invitation="abc")


def test_who_signs_up_is_pending_and_their_link_is_kept() -> None:
    person = newcomer()
    assert (person.name, person.standing) == ("Noor", "pending")
    row = SignUp.objects.get()
    assert (row.via, row.invitation) == ("k7m2", fingerprint("abc"))
    assert FactRow.objects.get().content == {"person": person.id, "sign_up": row.id}


def test_the_last_step_lets_the_person_in_and_says_so_once(steps: dict[str, door.Step]) -> None:
    door.register(step("one", 1))
    door.register(step("two", 2))
    door.register(step("not for you", 3, is_needed=False))
    person = newcomer()
    actor = actor_of(person)
    assert [stage.step.key for stage in door.stages(person, actor)] == ["one", "two"]
    pass_step(person, "one", by=actor)
    assert person.standing == "pending"
    pass_step(person, "two", by=actor)
    admit(person, by=actor)
    assert person.standing == "member"
    joined = FactRow.objects.get(name="people.person_joined")
    assert joined.content == {"person": person.id, "sign_up": SignUp.objects.get().id}


def test_nobody_goes_through_somebody_elses_door(steps: dict[str, door.Step]) -> None:
    door.register(step("one", 1))
    person = newcomer()
    with pytest.raises(NotAllowed):
        pass_step(person, "one", by=actor_of(make_person("Eve")))
    assert person.door_passes.count() == 0


def test_a_required_question_is_answered_and_interests_are_kept() -> None:
    editor = Actor(person_id=1, rights={("site", 0): frozenset({"people.edit_door"})}, standing=system("x").standing)
    asked = write_question(None, label="What do you mend?", kind="interests", is_required=True, by=editor)
    other = write_question(None, label="What do you hope for?", by=editor)
    gone = write_question(None, label="Your shoe size?", is_required=True, by=editor)
    retire_question(gone, by=editor)
    person = newcomer()
    with pytest.raises(Invalid, match="What do you mend"):
        answer_door(person, {other.id: "Company"}, by=actor_of(person))
    assert DoorAnswer.objects.count() == 0
    answer_door(person, {asked.id: "Zips, Clocks ,zips", other.id: " "}, by=actor_of(person))
    assert Person.objects.get(id=person.id).interests == ["zips", "clocks"]
    assert list(DoorAnswer.objects.values_list("text", flat=True)) == ["Zips, Clocks ,zips"]


def test_interests_are_few_short_and_each_once() -> None:
    assert words_in("A,\n b  b ,a,,") == ["a", "b b"]
    assert len(words_in(",".join(str(number) for number in range(99)))) == 20


def test_only_those_with_the_right_change_the_door() -> None:
    with pytest.raises(NotAllowed):
        write_question(None, label="Why?", by=actor_of(make_person()))
    assert DoorQuestion.objects.count() == 0
