"""No change of moderation without its decision and its statement, and undoing is exact: whatever is decided, in whatever order."""

from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as Rolled

from stoa.base import clock
from stoa.base.errors import Refusal
from stoa.moderation.actions.appeal import appeal, decide_appeal
from stoa.moderation.actions.decision import Verdict, decide_case
from stoa.moderation.check import check
from stoa.moderation.facts import Outcome
from stoa.moderation.models import Clause, Decision, Statement
from stoa.moderation.tests.makers import make_case, make_guidelines, say
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import give, make_space, make_staff

pytestmark = pytest.mark.django_db
ACTS = st.tuples(st.sampled_from(list(Outcome)), st.booleans(), st.integers(-1, 30), st.sampled_from(["", "Because."]))
CALM = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))


def standing(author: Person, remark: Space) -> tuple[str, object, str, object, object]:
    author.refresh_from_db()
    remark.refresh_from_db()
    roles = list(Grant.objects.within(remark.scope).filter(person=author).values_list("role__key", flat=True))
    return author.standing, author.suspended_until, remark.state, roles, actor_of(author).restricted


class TestUndoing(Rolled):
    """Each example begins anew: the library rolls its rows back."""

    @CALM
    @given(acts=st.lists(ACTS, min_size=1, max_size=3))
    def test_nothing_changes_without_a_decision_and_upholding_undoes_all_of_it(
        self, acts: list[tuple[Outcome, bool, int, str]]
    ) -> None:
        make_guidelines()
        author, reporter = make_person("Author"), make_actor("Reporter")
        first, other = make_staff("moderator", "First"), make_staff("moderator", "Other")
        remark = say(make_space(), author)
        give(author, "space.member", remark)
        for outcome, hides, days, reasons in acts:
            before, made = standing(author, remark), Decision.objects.count()
            until = clock.now() + timedelta(days=days) if outcome.lasts else None
            verdict = Verdict(outcome, Clause.objects.in_force()[0], reasons, "", hides, until)
            case = remark.cases.open().first() or make_case(remark, by=reporter)
            with suppress(Refusal):
                decide_case(case, verdict, by=first)
            if Decision.objects.count() == made:
                assert standing(author, remark) == before
                continue
            assert Statement.objects.count() == made + 1
            assert list(check()) == []
            decision = Decision.objects.latest("id")
            if decision.restricts:
                filed = appeal(decision, "Please.", by=actor_of(author))
                decide_appeal(filed, upheld=True, reasons="Yes.", by=other)
            assert standing(author, remark) == before
