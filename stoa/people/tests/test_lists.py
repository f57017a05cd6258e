"""Lists that go on show everything once, from nothing to more than a page."""

import pytest

from stoa.base.actors import Actor
from stoa.people.desk import desk_page
from stoa.people.models import Notice
from stoa.people.reading import PAGE, notices_page
from stoa.people.tests.makers import make_actor, make_person

pytestmark = pytest.mark.django_db


def told(actor: Actor, count: int) -> list[int]:
    """So many notices about people, in the order in which they were given."""
    return [
        Notice.objects.create(
            person_id=actor.own_id, kind="talk.meet", thing_key="people.person", thing_id=make_person(f"P{n}").id
        ).id
        for n in range(count)
    ]


@pytest.mark.parametrize("count", [0, 1, PAGE + 2])
def test_every_notice_stands_on_one_page_the_latest_first(count: int) -> None:
    actor = make_actor()
    given, found, before = told(actor, count), [], ""
    for _page in range(3):
        page = notices_page(actor, before)
        found += [each.notice.id for each in page.notices]
        before = page.before
        if not before:
            break
    assert found == given[::-1]


@pytest.mark.parametrize(("count", "pages"), [(0, [[]]), (1, [[0]]), (5, [[4, 3, 2, 1], [0]])])
def test_every_member_stands_on_one_page_of_the_desk_the_newest_first(count: int, pages: list[list[int]]) -> None:
    actor = make_actor("Staff")
    joined = [make_person(f"Person {n}").id for n in range(count)]
    first = desk_page(actor, "person", size=4)
    found = [first, *([desk_page(actor, "person", first.before, size=4)] if first.before else [])]
    assert [[joined.index(each.person.id) for each in page.members] for page in found] == pages
