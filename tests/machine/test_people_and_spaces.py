"""Join, leave, invite, take back, write, move, change visibility, suspend, reinstate, restrict within a space, lift that, erase, in any
order: after each step everybody knows, reads and finds exactly what the reference says, and what it does not allow is refused and changes
nothing."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from stoa.base import clock, search, things
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import Refusal
from stoa.community.talk.actions import move_topic, open_topic
from stoa.community.talk.models import Topic
from stoa.people.actions.leaving import erase_person
from stoa.people.actions.standing import reinstate_person, suspend_person
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.actions.entry import join_space, leave_space
from stoa.spaces.actions.invitation import invite, revoke_invitation, use_invitation
from stoa.spaces.actions.restriction import lift_space_restriction, restrict_in_space
from stoa.spaces.actions.space import Settings, change_space
from stoa.spaces.facts import RestrictionKind
from stoa.spaces.models import Invitation, Space, SpaceRestriction
from stoa.spaces.models.space import VISIBILITIES
from stoa.spaces.readers import search_readable
from stoa.spaces.tests.makers import give, make_space, make_staff
from tests.machine.reference import Reference

PEOPLE, SPACES = st.integers(0, 3), st.integers(0, 3)


class PeopleAndSpaces(RuleBasedStateMachine):
    """Four people and four spaces, one of each visibility to begin with; a chief who is steward of all of them, and an owner."""

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.spaces = [make_space(f"The {each} room", each) for each in VISIBILITIES]
        self.people = [make_person(name) for name in ("Ada", "Bo", "Cem", "Dua")]
        chief = make_person("Chief")
        for space in self.spaces:
            give(chief, "space.steward", space)
        self.chief, self.owner, self.topics = actor_of(chief), make_staff("owner"), list[Topic]()
        self.told = Reference(dict(enumerate(VISIBILITIES)), dict.fromkeys(range(4), "member"))

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @rule(who=PEOPLE, where=SPACES)
    def join(self, who: int, where: int) -> None:
        if self.done(self.told.may_join(who, where), join_space, self.space(where), by=self.actor(who)):
            self.told.within.add((who, where))

    @rule(who=PEOPLE, where=SPACES)
    def leave(self, who: int, where: int) -> None:
        if self.done((who, where) in self.told.within, leave_space, self.space(where), by=self.actor(who)):
            self.told.within.discard((who, where))

    @rule(who=PEOPLE, where=SPACES)
    def invite(self, who: int, where: int) -> None:
        if self.told.standing[who] == "member" and (who, where) not in self.told.within | self.told.invited:
            invite(self.space(where), by=self.chief, person=self.person(who))
            self.told.invited.add((who, where))

    @rule(who=PEOPLE, other=PEOPLE, where=SPACES)
    def use(self, who: int, other: int, where: int) -> None:
        """One's own invitation, or the one of somebody else."""
        if not (found := self.invitation(other, where)):
            return
        opens = (who, where) in self.told.within or (who == other and self.told.may_come(who, where))
        allowed = self.told.has_a_voice(who) and opens
        if self.done(allowed, use_invitation, found, self.person(who), by=self.actor(who)) and who == other:
            self.told.within.add((who, where))
            self.told.invited.discard((who, where))

    @rule(who=PEOPLE, where=SPACES)
    def take_back(self, who: int, where: int) -> None:
        if found := self.invitation(who, where):
            revoke_invitation(found, by=self.chief)
            self.told.invited.discard((who, where))

    @rule(who=PEOPLE, where=SPACES)
    def write(self, who: int, where: int) -> None:
        words = {"title": f"A kettle, number {len(self.topics)}", "source": "It whistles in the wrong key."}
        if self.done(self.told.may_write(who, where), open_topic, self.space(where), by=self.actor(who), **words):
            self.topics.append(Topic.objects.latest("id"))
            self.told.topics[self.topics[-1].id] = (who, where)

    @precondition(lambda self: self.told.topics)
    @rule(which=st.integers(0, 99), where=SPACES)
    def move(self, which: int, where: int) -> None:
        topic = Topic.objects.get(id=sorted(self.told.topics)[which % len(self.told.topics)])
        move_topic(topic, to=self.space(where), by=self.chief)
        self.told.topics[topic.id] = (self.told.topics[topic.id][0], where)

    @rule(where=SPACES, visibility=st.sampled_from(VISIBILITIES))
    def change(self, where: int, visibility: str) -> None:
        space = self.space(where)
        change_space(space, replace(Settings(space.name), visibility=visibility), by=self.chief)
        self.told.visibility[where] = visibility

    @rule(who=PEOPLE)
    def suspend(self, who: int) -> None:
        if self.done(self.told.is_member(who), suspend_person, self.person(who), None, by=self.owner):
            self.told.standing[who] = "suspended"

    @rule(who=PEOPLE)
    def reinstate(self, who: int) -> None:
        if self.told.standing[who] == "suspended":
            reinstate_person(self.person(who), by=self.owner)
            self.told.standing[who] = "member"

    @rule(who=PEOPLE, where=SPACES, kind=st.sampled_from(list(RestrictionKind)))
    def restrict(self, who: int, where: int, kind: RestrictionKind) -> None:
        until = clock.now() + timedelta(days=7)
        what = (self.person(who), self.space(where), kind, until)
        if self.done(self.told.is_member(who), restrict_in_space, *what, by=self.chief):
            self.told.restricted.add((who, where))
            if kind is RestrictionKind.OUT:
                self.told.within.discard((who, where))

    @rule(who=PEOPLE, where=SPACES)
    def lift(self, who: int, where: int) -> None:
        for row in SpaceRestriction.objects.holding().filter(person=self.people[who], space=self.spaces[where]):
            lift_space_restriction(row, undone=False, by=self.chief)
        self.told.restricted.discard((who, where))

    @precondition(lambda self: sum(each != "erased" for each in self.told.standing.values()) > 2)
    @rule(who=PEOPLE)
    def erase(self, who: int) -> None:
        if self.told.standing[who] == "member":
            erase_person(self.person(who), by=self.actor(who))
            self.told.erase(who)

    @invariant()
    def everybody_sees_what_they_may(self) -> None:
        numbers = {space.id: number for number, space in enumerate(self.spaces)}
        for who in (None, *range(4)):
            reader = self.actor(who)
            known = {numbers[row.id] for row in Space.objects.visible_to(reader) if row.id in numbers}
            read = {numbers[row.id] for row in Space.objects.readable_by(reader) if row.id in numbers}
            assert (who, known) == (who, self.told.spaces_known_to(who))
            assert (who, read) == (who, self.told.spaces_read_by(who))
            self.finds_what_they_may(who, reader)

    def finds_what_they_may(self, who: int | None, reader: Actor) -> None:
        expected = self.told.topics_seen_by(who)
        listed = set(Topic.objects.visible_to(reader).here().values_list("id", flat=True))
        found = {hit.thing_id for hit in search.query("kettle", to=search_readable(reader), limit=100)}
        cards = things.cards([("talk.topic", each.id) for each in self.topics], to=reader)
        drawn = {number for _key, number in cards if Topic.objects.here().filter(id=number).exists()}
        assert (who, listed, found, drawn) == (who, expected, expected, expected)

    def done(self, allowed: bool, act: Any, *what: Any, **how: Any) -> bool:
        """Does it, and holds what came of it against what the reference allows. A refusal is undone whole."""
        with suppress(Refusal), transaction.atomic():
            act(*what, **how)
            assert allowed, (act.__name__, what, how)
            return True
        assert not allowed, (act.__name__, what, how)
        return False

    def person(self, who: int) -> Person:
        return Person.objects.get(id=self.people[who].id)

    def actor(self, who: int | None) -> Actor:
        return VISITOR if who is None else actor_of(self.person(who))

    def space(self, where: int) -> Space:
        return Space.objects.get(id=self.spaces[where].id)

    def invitation(self, who: int, where: int) -> Invitation | None:
        return Invitation.objects.open().filter(person=self.people[who], space=self.spaces[where]).first()


@pytest.mark.django_db
def test_everybody_sees_exactly_what_they_may_whatever_happens() -> None:
    walks = settings(
        max_examples=8, stateful_step_count=30, deadline=None, derandomize=True, database=None,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    run_state_machine_as_test(PeopleAndSpaces, settings=walks)
