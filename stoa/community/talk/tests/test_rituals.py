"""Rituals: topics that open by themselves again and again. Instants were worked out by hand."""

from datetime import UTC, datetime, time, timedelta
from itertools import islice

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.models.site import Site
from stoa.base.shell import forget_site
from stoa.base.work.claim import claim
from stoa.base.work.drain import drain
from stoa.base.work.kinds import all_kinds
from stoa.community.talk import actions, agenda
from stoa.community.talk.check import check
from stoa.community.talk.models import Ritual, RitualTopic, Topic
from stoa.community.talk.planning import RitualPlan, instants, next_instants, title_of
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.actions.space import set_state
from stoa.spaces.models import Grant, Space
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)  # a Wednesday
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def in_berlin() -> None:
    Site.objects.update_or_create(id=1, defaults={"zone": "Europe/Berlin"})
    forget_site()


@pytest.fixture
def space() -> Space:
    return make_space("Sewing", "public")


@pytest.fixture
def steward(space: Space) -> Actor:
    with clock.pinned(NOW - timedelta(days=30)):
        return make_insider(space, "space.steward", "Stew")


def weekly(**more: object) -> RitualPlan:
    return RitualPlan(
        **({"title": "Week {week}", "source": "What is on your bench?", "rhythm": "weekly", "at": time(9)} | more)
    )  # type: ignore[arg-type]


def kept(space: Space, by: Actor, **more: object) -> Ritual:
    with clock.pinned(NOW):
        return actions.keep_ritual(space, weekly(**more), by=by)


def wait_until(moment: datetime) -> None:
    with clock.pinned(moment):
        drain()


def shown(found: list[datetime]) -> list[str]:
    return [f"{each.astimezone(UTC):%Y-%m-%d %H:%M}" for each in found]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({}, ["2026-03-23 08:00", "2026-03-30 07:00", "2026-04-06 07:00"]),  # 9:00 before and after clocks go forward
        ({"rhythm": "fortnightly"}, ["2026-03-23 08:00", "2026-04-06 07:00", "2026-04-20 07:00"]),
        ({"rhythm": "monthly", "day": 31}, ["2026-03-31 07:00", "2026-04-30 07:00", "2026-05-31 07:00"]),
        ({"rhythm": "monthly", "day": 15}, ["2026-04-15 07:00", "2026-05-15 07:00", "2026-06-15 07:00"]),
        ({"rhythm": "weekday", "weekday": 3, "place": 1}, ["2026-04-02 07:00", "2026-05-07 07:00", "2026-06-04 07:00"]),
        (
            {"rhythm": "weekday", "weekday": 4, "place": -1},
            ["2026-03-27 08:00", "2026-04-24 07:00", "2026-05-29 07:00"],
        ),
        ({"weekday": 6, "at": time(2, 30)}, ["2026-03-22 01:30", "2026-03-29 01:00", "2026-04-05 00:30"]),  # the gap
        ({"weekday": 2, "at": time(13)}, ["2026-03-25 12:00", "2026-04-01 11:00", "2026-04-08 11:00"]),  # not now
    ],
)
def test_its_instants_keep_the_wall_time(
    space: Space, steward: Actor, more: dict[str, object], expected: list[str]
) -> None:
    ritual = kept(space, steward, **more)
    assert shown(next_instants(ritual, NOW, 3)) == expected
    assert ritual.due_at is not None
    assert shown([ritual.due_at]) == expected[:1]


def test_in_the_hour_that_comes_twice_it_is_the_first(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward, weekday=6, at=time(2, 30))
    before = datetime(2026, 10, 24, tzinfo=UTC)
    assert shown(list(islice(instants(ritual, before), 2))) == ["2026-10-25 00:30", "2026-11-01 01:30"]


def test_each_instant_opens_one_topic_in_the_name_of_its_keeper(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward, title="{date}, week {week}, {month}", tags="bench, weekly")
    first = datetime(2026, 3, 23, 8, tzinfo=UTC)
    wait_until(first - timedelta(seconds=1))
    assert Topic.objects.count() == 0
    for moment in (first, first, first + timedelta(hours=1)):
        wait_until(moment)
    topic = Topic.objects.get()
    assert (topic.title, topic.author_id, topic.source) == (
        "23 March 2026, week 13, March 2026", steward.own_id, "What is on your bench?",
    )  # fmt: skip
    assert topic.tag_names == ["bench", "weekly"]
    ritual.refresh_from_db()
    assert (ritual.due_at, ritual.opened.get().instant) == (datetime(2026, 3, 30, 7, tzinfo=UTC), first)
    assert list(check()) == []


def test_two_workers_open_it_once(space: Space, steward: Actor) -> None:
    kept(space, steward)
    kind = next(each for each in all_kinds() if each.key == "talk.ritual")
    with clock.pinned(datetime(2026, 3, 23, 8, tzinfo=UTC)):
        (first,) = claim(kind)
        Ritual.objects.update(lease_until=None)
        (second,) = claim(kind)
        for each in (first, second, second):
            actions.open_due_ritual(each.id, each.fence)
    assert (Topic.objects.count(), RitualTopic.objects.count()) == (1, 1)


def test_an_instant_that_has_its_topic_opens_no_other(space: Space, steward: Actor) -> None:
    ritual, first = kept(space, steward), datetime(2026, 3, 23, 8, tzinfo=UTC)
    wait_until(first)
    Ritual.objects.filter(id=ritual.id).update(due_at=first)
    wait_until(first)
    assert Topic.objects.count() == 1


def test_of_those_that_were_missed_only_the_latest_opens(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward)
    wait_until(datetime(2026, 4, 14, 12, tzinfo=UTC))
    assert Topic.objects.get().title == "Week 16"
    ritual.refresh_from_db()
    assert (ritual.opened.get().instant, ritual.due_at) == (
        datetime(2026, 4, 13, 7, tzinfo=UTC),
        datetime(2026, 4, 20, 7, tzinfo=UTC),
    )


def test_paused_it_opens_nothing_and_resumed_it_goes_on_with_what_is_to_come(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward)
    actions.pause_ritual(ritual, by=steward)
    actions.pause_ritual(ritual, by=steward)
    wait_until(NOW + 3 * WEEK)
    assert Topic.objects.count() == 0
    with clock.pinned(NOW + 3 * WEEK):
        resumed = actions.resume_ritual(ritual, by=steward)
    assert resumed.due_at == datetime(2026, 4, 13, 7, tzinfo=UTC)
    assert FactRow.objects.filter(name="talk.ritual_paused").count() == 1
    actions.end_ritual(ritual, by=steward)
    wait_until(NOW + 9 * WEEK)
    assert Topic.objects.count() == 0
    with pytest.raises(NotPossible):
        actions.change_ritual(ritual, weekly(), by=steward)


@pytest.mark.parametrize("case", ["role taken", "read-only"])
def test_where_its_keeper_may_not_any_more_it_pauses_and_says_why(space: Space, steward: Actor, case: str) -> None:
    other = make_insider(space, "space.steward", "Other")
    ritual = kept(space, steward)
    if case == "role taken":
        Grant.objects.filter(person=steward.own_id).delete()
    else:
        set_state(space, "readonly", by=other)
    wait_until(datetime(2026, 3, 23, 8, tzinfo=UTC))
    ritual.refresh_from_db()
    assert (ritual.state, ritual.due_at, Topic.objects.count()) == ("paused", None, 0)
    assert ritual.reason.startswith("You cannot")
    told = set(Notice.objects.filter(kind="talk.ritual_paused").values_list("person_id", flat=True))
    assert told == {steward.own_id, other.own_id}
    assert list(check()) == []


def test_a_change_holds_from_the_next_one_on(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward)
    wait_until(datetime(2026, 3, 23, 8, tzinfo=UTC))
    with clock.pinned(datetime(2026, 3, 24, 12, tzinfo=UTC)):
        actions.change_ritual(ritual, weekly(title="Friday {week}", weekday=4), by=steward)
    wait_until(datetime(2026, 3, 27, 8, tzinfo=UTC))
    assert sorted(Topic.objects.values_list("title", flat=True)) == ["Friday 13", "Week 13"]


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"), ({"source": " "}, "source"), ({"kind": "poll"}, "kind"), ({"rhythm": "daily"}, "rhythm"),
        ({"day": 32}, "rhythm"), ({"tags": "a, b, c, d, e, f"}, "tags"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_beside_its_field(
    space: Space, steward: Actor, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        kept(space, steward, **more)
    assert (refused.value.field, Ritual.objects.count()) == (field, 0)


def test_only_stewards_and_staff_keep_rituals(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward)
    for kind in ("space.member", "space.moderator"):
        other = make_insider(space, kind)
        with pytest.raises(NotAllowed):
            kept(space, other)
        with pytest.raises(NotAllowed):
            actions.pause_ritual(ritual, by=other)
    ritual.refresh_from_db()
    assert (ritual.state, Ritual.objects.count()) == ("running", 1)


def test_readers_of_the_space_and_nobody_else_see_it_in_the_calendar(steward: Actor) -> None:
    inside = make_space("Inside", "private")
    with clock.pinned(NOW - timedelta(days=1)):
        keeper, member = (make_insider(inside, each) for each in ("space.steward", "space.member"))
    ritual = kept(inside, keeper)
    stretch = (datetime(2026, 3, 16, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))
    with clock.pinned(NOW):
        for actor, address in ((keeper, ritual.get_absolute_url()), (member, inside.address)):
            items = list(agenda.items(actor, *stretch))
            assert [(item.what, item.address) for item in items] == [("Week 13", address), ("Week 14", address)]
        assert list(agenda.items(make_actor("Outsider"), *stretch)) == []
    actions.pause_ritual(ritual, by=keeper)
    with clock.pinned(NOW):
        assert list(agenda.items(member, *stretch)) == []


def test_a_keeper_who_leaves_takes_their_words_along(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward)
    person = Person.objects.get(id=steward.own_id)
    make_insider(space, "space.steward", "Other")
    erase_person(person, by=actors.of_person(person.id))
    ritual.refresh_from_db()
    assert (ritual.title, ritual.source, ritual.state, ritual.kept_by) == ("—", "", "ended", None)


def test_a_steward_keeps_pauses_and_ends_it_on_its_pages(space: Space, steward: Actor, client: Client) -> None:
    client.force_login(Person.objects.get(id=steward.own_id).account)
    manage = reverse("spaces:manage", kwargs={"space_id": space.id})
    with clock.pinned(NOW):
        assert "New ritual" in client.get(manage).content.decode()
        new = reverse("talk:new_ritual", kwargs={"space_id": space.id})
        assert "Keep it" in client.get(new).content.decode()
        given = {"title": "Week {week}", "kind": "discussion", "rhythm": "weekday", "place": "-1", "weekday": "4"}
        given |= {"at": "18:00", "source": "What is on your bench?"}
        assert client.post(new, {**given, "title": ""}).status_code == 422
        assert client.post(new, given).status_code == 303
        ritual = Ritual.objects.get()
        page = client.get(ritual.get_absolute_url()).content.decode()
        assert ("Kept by Stew" in page, "27 March 2026, 17:00" in page, page.count("<ol")) == (True, True, 1)
        page = client.get(manage).content.decode()
        assert "Every month on the last Friday at 18:00" in page
        state = reverse("talk:ritual_state", kwargs={"ritual_id": ritual.id})
        for said in ("paused", "running", "nonsense", "ended"):
            assert client.post(state, {"state": said}).status_code == 303
        assert Ritual.objects.get().state == "ended"
        assert "Week {week}" not in client.get(manage).content.decode()


def test_its_title_fits_whatever_stands_for_the_day(space: Space, steward: Actor) -> None:
    ritual = kept(space, steward, title="a" * 150 + "{date}")
    assert len(title_of(ritual, NOW)) == 160
