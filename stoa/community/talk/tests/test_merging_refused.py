"""Which topics cannot become one, and who may not merge them."""

import pytest

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.community.talk import actions
from stoa.community.talk.kinds import Particulars, PollPlan
from stoa.community.talk.models import Presence
from stoa.community.talk.tests.makers import make_topic
from stoa.community.talk.tests.pairs import MINUTE, NOW, pair
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture
def space() -> Space:
    return make_space("Sewing", "public")


@pytest.fixture
def moderator(space: Space) -> Actor:
    return make_insider(space, "space.moderator", "Mo")


@pytest.mark.parametrize("case", ["later", "poll", "answered", "votes", "itself", "hidden"])
def test_where_it_makes_no_sense_it_is_refused_with_a_reason_and_nothing_changes(
    space: Space, moderator: Actor, case: str
) -> None:
    old, new, _replies = pair(space)
    if case == "poll":
        plan = Particulars(PollPlan(("Yes", "No")))
        new = actions.open_topic(space, title="P", source="P.", kind="poll", by=moderator, particulars=plan)
    if case in ("answered", "votes"):
        new = actions.open_topic(space, title="I", source="I.", kind="idea", by=moderator)
        actions.vote_for(new, by=make_actor("Voter"))
        if case == "answered":
            actions.answer_idea(new, status="planned", source="Soon.", by=moderator)
    if case == "hidden":
        actions.hide_topic(old, by=moderator)
    into = {"later": new, "itself": new}.get(case, old)
    topic = {"later": old, "itself": new}.get(case, new)
    with pytest.raises((NotPossible, Invalid, NotAllowed)):
        actions.merge_topic(topic, into=into, by=moderator)
    topic.refresh_from_db()
    assert (topic.merged_into_id, topic.source != "", FactRow.objects.filter(name="talk.topic_merged").count()) == (
        None,
        True,
        0,
    )


def test_it_takes_the_right_in_both_spaces(space: Space, moderator: Actor) -> None:
    _old, new, _replies = pair(space)
    with clock.pinned(NOW - MINUTE):
        elsewhere = make_topic(make_space("Elsewhere"))
    with pytest.raises(NotAllowed):
        actions.merge_topic(new, into=elsewhere, by=moderator)
    with pytest.raises(NotAllowed):
        actions.merge_topic(new, into=_old, by=actors.of_person(new.author_id))
    new.refresh_from_db()
    assert new.presence == Presence.HERE
