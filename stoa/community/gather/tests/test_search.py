"""Who finds an event, before and after its space changes its visibility."""

from dataclasses import replace

import pytest

from stoa.base import search
from stoa.base.actors import VISITOR, Actor
from stoa.community.gather.models import Event
from stoa.community.gather.tests.makers import make_event
from stoa.people.tests.makers import make_actor
from stoa.spaces.actions.space import Settings, change_space
from stoa.spaces.readers import search_readable
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
VISIBILITIES = ("public", "members", "private", "secret")


def found(actor: Actor) -> set[int]:
    return {hit.thing_id for hit in search.query("canary", to=search_readable(actor))}


@pytest.mark.parametrize("before", VISIBILITIES)
@pytest.mark.parametrize("after", VISIBILITIES)
def test_an_event_is_found_by_who_sees_it_also_after_its_space_changed(before: str, after: str) -> None:
    space = make_space(visibility=before)
    steward, inside = make_insider(space, "space.steward"), make_insider(space)
    event = make_event(space, by=steward, title="canary evening")
    change_space(space, Settings(name=space.name, visibility=after), by=steward)
    for actor in (VISITOR, make_actor(), inside, steward):
        seen = Event.objects.visible_to(actor).filter(id=event.id).exists()
        assert (event.id in found(actor)) == seen
    assert event.id in found(inside)
    assert (event.id in found(VISITOR)) == (after == "public")


def test_an_event_stays_found_where_each_sees_only_their_own_topics() -> None:
    space = make_space(visibility="members")
    steward, other = make_insider(space, "space.steward"), make_actor()
    event = make_event(space, by=steward, title="canary evening")
    for ask_team in (True, False):
        change_space(space, replace(Settings(name=space.name, visibility="members"), ask_team=ask_team), by=steward)
        assert found(other) == {event.id}
