"""One goal, counted by members and staff; weeks begin on Monday in the organisation's zone."""

from datetime import UTC, date, datetime, timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.models.site import Site
from stoa.base.shell import forget_site
from stoa.community.gather.actions import count_contribution, set_goal, withdraw_contribution
from stoa.community.gather.models import Contribution, Goal
from stoa.community.gather.progress import by_week, goal_progress
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _still() -> object:
    with clock.pinned(WEDNESDAY):
        yield


def make_goal(number: int = 5000) -> Goal:
    return set_goal(
        sentence="We keep things in use.", number=number, unit="things mended", by=make_staff("community_manager")
    )


def test_without_a_goal_there_is_no_progress_and_nothing_to_count_towards() -> None:
    assert goal_progress() is None
    with pytest.raises(NotPossible):
        count_contribution(1, by=make_actor())


def test_progress_is_what_was_counted_in_all_and_since_monday() -> None:
    goal, staff = make_goal(), make_staff("community_manager")
    for number, day in ((3147, date(2026, 3, 15)), (30, date(2026, 3, 16)), (7, date(2026, 3, 18))):
        count_contribution(number, day=day, by=staff)
    found = goal_progress()
    assert found is not None
    assert (found.goal_id, found.so_far, found.this_week, found.is_reached) == (goal.id, 3184, 37, False)
    assert by_week(goal.id, 3) == [(date(2026, 3, 2), 0), (date(2026, 3, 9), 3147), (date(2026, 3, 16), 37)]


def test_the_week_begins_where_the_organisation_is() -> None:
    Site.objects.update_or_create(id=1, defaults={"zone": "Asia/Tokyo"})
    forget_site()
    make_goal()
    with clock.pinned(datetime(2026, 3, 22, 14, 59, tzinfo=UTC)):
        count_contribution(1, by=make_actor())
    with clock.pinned(datetime(2026, 3, 22, 15, tzinfo=UTC)):
        count_contribution(2, by=make_actor())
        found = goal_progress()
    assert found is not None
    assert (found.so_far, found.this_week) == (3, 2)


def test_members_count_their_own_and_visitors_nothing() -> None:
    make_goal()
    count_contribution(50, by=make_actor())
    with pytest.raises(Invalid):
        count_contribution(51, by=make_actor())
    with pytest.raises(Invalid):
        count_contribution(1, day=WEDNESDAY.date() + timedelta(days=1), by=make_actor())
    for actor in (VISITOR, make_actor(standing="pending"), make_actor(standing="suspended")):
        with pytest.raises(NotAllowed):
            count_contribution(1, by=actor)
    assert Contribution.objects.count() == 1


def test_what_was_counted_by_mistake_counts_no_more() -> None:
    make_goal()
    ada = make_actor()
    counted = count_contribution(5, by=ada)
    with pytest.raises(NotAllowed):
        withdraw_contribution(counted, by=make_actor("Other"))
    withdraw_contribution(counted, by=ada)
    withdraw_contribution(counted, by=ada)
    found = goal_progress()
    assert found is not None
    assert found.so_far == 0
    assert FactRow.objects.filter(name="gather.contribution_withdrawn").count() == 1


def test_a_reworded_goal_keeps_its_count_and_a_new_one_begins_at_nought() -> None:
    goal, staff = make_goal(), make_staff("community_manager")
    count_contribution(5, by=staff)
    same = set_goal(sentence="We mend.", number=6000, unit="things", by=staff)
    assert same.id == goal.id
    set_goal(sentence="Next year.", number=100, unit="things", by=staff, anew=True)
    found = goal_progress()
    assert found is not None
    assert (found.sentence, found.so_far) == ("Next year.", 0)
    with pytest.raises(NotAllowed):
        set_goal(sentence="Mine.", number=1, unit="thing", by=make_actor())
