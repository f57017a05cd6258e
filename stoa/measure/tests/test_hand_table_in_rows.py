"""The hand table, loaded as rows: what the house can link is counted cell by cell, the rest stays unknown."""

from collections import Counter
from datetime import date, timedelta

import pytest

from stoa.base import clock
from stoa.base.facts import Past, announce_past
from stoa.bridge.models import Touch
from stoa.community.talk.actions import merge_topic
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_topic
from stoa.measure.days import Days
from stoa.measure.formulas.survival import kaplan_meier
from stoa.measure.readers.joined import Came, came
from stoa.measure.readers.waits import topic_waits
from stoa.measure.tests.hand_table import CLICKS, JOINS, NOW, POSTS, REPLIES, day
from stoa.measure.tests.plainly import came_plainly, waits_plainly
from stoa.measure.tests.seeded import make_link
from stoa.people.facts import PersonJoined
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor, make_person
from stoa.social.publish.models import Link
from stoa.spaces.tests.makers import make_space, make_staff

pytestmark = pytest.mark.django_db
MARCH = Days(date(2026, 3, 1), date(2026, 3, 21), "UTC")


@pytest.fixture
def people() -> dict[str, Person]:
    """Whoever clicked and joined within a day of it signed up in that visit, so their form carried the link's code. P6 clicked, went
    away and came back a week later by itself: nothing of theirs was stored, and nothing links the two."""
    links = {code: make_link(code) for code in ("L1", "L2", "L3")}
    found = {name: make_person(name) for name in CLICKS if name in JOINS}
    for name, person in found.items():
        last = CLICKS[name][-1] if CLICKS[name] else None
        if last and JOINS[name] - last[1] <= 1:
            Touch.objects.create(person=person, link=links[last[0]], kind="join", at=day(last[1]))
    announce_past(Past(PersonJoined(person.id, None), day(JOINS[name]), person.id) for name, person in found.items())
    space, helper = make_space(), make_person("Helper")
    for name, at in POSTS.items():
        answered = day(REPLIES[name]) if name in REPLIES else None
        topic = Topic.objects.create(
            space=space, author=found[name], title="Zip", opened_at=day(at), answered_at=answered
        )
        if answered:
            Reply.objects.create(topic=topic, author=helper, added_at=answered)
    return found


def test_five_join_three_write_two_are_answered(people: dict[str, Person]) -> None:
    found = list(came(MARCH))
    assert counted(found, lambda one: True) == 5
    assert counted(found, lambda one: one.wrote) == 3  # P2 wrote 8 days after joining
    assert counted(found, lambda one: one.answered) == 2


@pytest.mark.parametrize("touch", ["first", "last"])
def test_linked_joins_stand_with_their_link_and_the_others_are_unknown(people: dict[str, Person], touch: str) -> None:
    by_link: Counter[str] = Counter()
    for one in came(MARCH, touch=touch):
        by_link[one.via] += one.n
    assert by_link == {"L2": 2, "L3": 1, "": 2}


@pytest.mark.parametrize(("touch", "credits"), [("first", (2, 1, 1)), ("last", (1, 2, 1))])
def test_touches_kept_by_account_are_counted_as_the_table_says(
    people: dict[str, Person], touch: str, credits: tuple[int, ...]
) -> None:
    """Were each of them signed in from their first click on, as members are, all their touches would be known."""
    Touch.objects.all().delete()
    for name, person in people.items():
        for code, at in CLICKS[name]:
            Touch.objects.create(person=person, link=Link.objects.get(code=code), kind="click", at=day(at))
    by_link: Counter[str] = Counter()
    for one in came(MARCH, touch=touch):
        by_link[one.via] += one.n
    assert tuple(by_link[link] for link in ("L1", "L2", "L3")) == credits
    assert by_link[""] == 1


def test_no_touch_loses_a_join(people: dict[str, Person]) -> None:
    Touch.objects.all().delete()
    assert {one.via for one in came(MARCH)} == {""}
    assert counted(list(came(MARCH)), lambda one: True) == 5


def test_half_of_the_topics_wait_a_day(people: dict[str, Person]) -> None:
    with clock.pinned(NOW):
        waits = topic_waits(MARCH, NOW)
    assert sorted((wait.length, wait.answered) for wait in waits) == [
        (12, True),
        (24, True),
        (144, False),
        (264, False),
    ]
    assert kaplan_meier(waits).median() == 24


def test_announcements_and_polls_wait_for_no_answer(people: dict[str, Person]) -> None:
    lengths = [264, 144, 24, 12]
    for kind, left in (("announcement", 3), ("poll", 2)):
        Topic.objects.filter(id=Topic.objects.filter(kind="discussion").order_by("opened_at", "id")[0].id).update(
            kind=kind
        )
        waits, plainly = topic_waits(MARCH, NOW), waits_plainly(MARCH, NOW)
        assert len(waits) == left
        assert Counter((each.length, each.answered) for each in waits) == Counter(
            (each.length, each.answered) for each in plainly
        )
        assert {each.length for each in waits} <= set(lengths)


def counted(found: list[Came], reached: object) -> int:
    return sum(one.n for one in found if reached(one))  # type: ignore[operator]


def test_a_newcomer_whose_topic_was_merged_stays_answered(people: dict[str, Person]) -> None:
    newcomer = people[next(name for name in REPLIES if name in POSTS)]
    topic = Topic.objects.get(author=newcomer)
    with clock.pinned(topic.opened_at - timedelta(days=3)):
        old = make_topic(topic.space, "Zips", "All of them.", by=make_actor("Regular"))
    before = sorted(came(MARCH), key=repr)
    merge_topic(topic, into=old, by=make_staff("owner"))
    assert sorted(came(MARCH), key=repr) == before
    assert before == sorted((Came(*key, n) for key, n in came_plainly(MARCH, touch="last").items()), key=repr)
