"""Invitations in whatever order people make, use, narrow and take them back, against a small model of what should hold."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from stoa.base import clock
from stoa.base.errors import Refusal
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.actions.invitation import invite, revoke_invitation, use_invitation
from stoa.spaces.actions.roles import role
from stoa.spaces.check import check
from stoa.spaces.models import Grant, Invitation, Role, Space
from stoa.spaces.shipped import LADDER
from stoa.spaces.tests.makers import give, make_space

pytestmark = pytest.mark.django_db
MAKERS = {"steward": "space.steward", "moderator": "space.moderator"}


@dataclass
class Link:
    """What the model knows of an invitation. `to`: the number of the one person whose address it names, or -1."""

    row: Invitation
    space: Space
    key: str
    left: int
    maker: str
    ends: datetime
    to: int
    over: bool = False


class Invitations(RuleBasedStateMachine):
    """Two spaces, two makers, four people. The model: what each link gives, how much of it is left, who stands where."""

    def __init__(self) -> None:
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()

    def teardown(self) -> None:
        """Each run begins with nothing."""
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.spaces = [make_space("Den", "private"), make_space("Cellar", "secret")]
        self.people = [make_person(f"P{number}") for number in range(4)]
        self.makers = {name: make_person(name) for name in MAKERS}
        for (name, key), space in ((pair, space) for pair in MAKERS.items() for space in self.spaces):
            give(self.makers[name], key, space)
        self.held = {(name, space.id): MAKERS[name] for name in MAKERS for space in self.spaces}
        self.inside: dict[tuple[int, int], str] = {}
        self.links: list[Link] = []
        self.now = clock.now()

    @rule(maker=st.sampled_from(sorted(MAKERS)), which=st.integers(0, 1), key=st.sampled_from(LADDER),
          uses=st.integers(1, 2), days=st.integers(1, 4), to=st.integers(-1, 3))  # fmt: skip
    def make(self, maker: str, which: int, key: str, uses: int, days: int, to: int) -> None:
        space, email = self.spaces[which], self.people[to].account.email if to >= 0 else ""
        may = self.may_give(maker, space, key)
        try:
            with clock.pinned(self.now), transaction.atomic():
                by = actor_of(self.makers[maker])
                made = invite(space, by=by, role=role(key), uses=uses, email=email, lasts=timedelta(days=days))
        except Refusal:
            assert not may
            return
        assert may
        ends = self.now + timedelta(days=days)
        self.links.append(Link(made, space, key, 1 if email else uses, maker, ends, to))

    def may_give(self, maker: str, space: Space, key: str) -> bool:
        held = self.held[maker, space.id]
        return held in MAKERS.values() and LADDER.index(key) <= LADDER.index(held)

    @rule(data=st.data(), who=st.integers(0, 3))
    def use(self, data: st.DataObject, who: int) -> None:
        if not self.links:
            return
        link = data.draw(st.sampled_from(self.links))
        space, person = link.space, self.people[who]
        is_in = (who, space.id) in self.inside
        good = not link.over and link.left > 0 and link.ends > self.now and link.to in (-1, who)
        good = good and self.may_give(link.maker, space, link.key)
        try:
            with clock.pinned(self.now), transaction.atomic():
                use_invitation(Invitation.objects.get(id=link.row.id), person, by=actor_of(person))
        except Refusal:
            assert not good
            assert not is_in
            return
        assert is_in or good
        if not is_in:
            self.inside[who, space.id] = link.key
            link.left -= 1

    @rule(data=st.data())
    def take_back(self, data: st.DataObject) -> None:
        if self.links:
            link = data.draw(st.sampled_from(self.links))
            revoke_invitation(link.row, by=actor_of(self.makers["steward"]))
            link.over = True

    @rule(maker=st.sampled_from(sorted(MAKERS)), which=st.integers(0, 1), key=st.sampled_from(LADDER))
    def change_what_a_maker_holds(self, maker: str, which: int, key: str) -> None:
        if maker == "moderator":
            grants = Grant.objects.filter(person=self.makers[maker], scope_id=self.spaces[which].id)
            grants.update(role=Role.objects.get(key=key))
            self.held[maker, self.spaces[which].id] = key

    @rule(days=st.integers(1, 3))
    def wait(self, days: int) -> None:
        self.now += timedelta(days=days)

    @invariant()
    def everybody_is_where_the_model_says(self) -> None:
        if not hasattr(self, "people"):
            return
        grants = Grant.objects.filter(person__in=self.people).values_list("person_id", "scope_id", "role__key")
        expected = {(self.people[who].id, space, key) for (who, space), key in self.inside.items()}
        assert set(grants) == expected
        for link in self.links:
            row = Invitation.objects.get(id=link.row.id)
            assert row.left == link.left
        assert list(check()) == []


def test_invitations_hold_in_whatever_order() -> None:
    calm = settings(max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Invitations, settings=calm)
    assert not Person.objects.exists()
