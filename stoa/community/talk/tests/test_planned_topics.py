"""Topics that are written now and opened by the clock."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from stoa.base import actors, clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.live import who_may_hear
from stoa.base.models import File, SearchDocument
from stoa.base.models.site import Site
from stoa.base.shell import forget_site
from stoa.base.work.claim import claim
from stoa.base.work.drain import drain
from stoa.base.work.kinds import all_kinds
from stoa.community.talk import actions, agenda
from stoa.community.talk.check import check
from stoa.community.talk.keeping import export
from stoa.community.talk.models import PlannedTopic, Topic
from stoa.community.talk.planning import TopicPlan
from stoa.people.actions.leaving import erase_person
from stoa.people.actions.standing import suspend_person
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.actions.entry import leave_space
from stoa.spaces.actions.space import set_state
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 20, 12, tzinfo=UTC)
WALL = datetime.fromisoformat("2026-04-01T09:30")
AT = datetime(2026, 4, 1, 7, 30, tzinfo=UTC)  # 9:30 in Berlin, after clocks were put forward


@pytest.fixture(autouse=True)
def in_berlin() -> None:
    Site.objects.update_or_create(id=1, defaults={"zone": "Europe/Berlin"})
    forget_site()


@pytest.fixture
def ada() -> Actor:
    with clock.pinned(NOW - timedelta(days=30)):
        return make_actor("Ada")


def planned_by(by: Actor, space: Space | None = None, **more: object) -> PlannedTopic:
    plan = TopicPlan(**({"title": "April", "source": "It is April.", "opens": WALL} | more))  # type: ignore[arg-type]
    with clock.pinned(NOW):
        return actions.plan_topic(space or make_space("Sewing", "public"), plan, by=by)


def wait_until(moment: datetime) -> None:
    with clock.pinned(moment):
        drain()


def test_it_opens_at_its_wall_time_and_not_before_whatever_clocks_do_meanwhile(ada: Actor) -> None:
    planned = planned_by(ada)
    assert (planned.at, planned.wall, planned.zone) == (AT, "2026-04-01T09:30", "Europe/Berlin")
    wait_until(AT - timedelta(seconds=1))
    assert (Topic.objects.count(), PlannedTopic.objects.count()) == (0, 1)
    wait_until(AT)
    topic = Topic.objects.get()
    assert (topic.title, topic.author_id, topic.opened_at, PlannedTopic.objects.count()) == ("April", ada.own_id, AT, 0)
    assert list(check()) == []


def test_it_opens_once_however_many_workers_see_it(ada: Actor) -> None:
    planned_by(ada)
    kind = next(each for each in all_kinds() if each.key == "talk.planned_topic")
    with clock.pinned(AT):
        (first,) = claim(kind)
        PlannedTopic.objects.update(lease_until=None)
        (second,) = claim(kind)
        actions.open_due_topic(first.id, first.fence)
        assert Topic.objects.count() == 0
        actions.open_due_topic(second.id, second.fence)
        actions.open_due_topic(second.id, second.fence)
    assert Topic.objects.count() == 1


def test_until_then_nobody_but_its_author_knows_of_it(ada: Actor, client: Client) -> None:
    space = make_space("Sewing", "public")
    planned = planned_by(ada, space, title="Kanari waits", source="Kanari words.")
    wait_until(NOW + timedelta(days=1))
    owner = make_staff("owner")
    reference = ("talk.planned_topic", planned.id)
    assert list(PlannedTopic.objects.visible_to(owner)) == []
    assert (who_may_hear(owner, *reference), who_may_hear(ada, *reference)) == (False, True)
    assert SearchDocument.objects.filter(title__contains="Kanari").count() == 0
    assert (Topic.objects.count(), Notice.objects.count()) == (0, 0)
    month = (datetime(2026, 4, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC))
    assert list(agenda.items(owner, *month)) == []
    assert [(item.at, item.what, item.state) for item in agenda.items(ada, *month)] == [(AT, "Kanari waits", "Planned")]
    for person in (None, Person.objects.get(id=owner.own_id)):
        if person:
            client.force_login(person.account)
        for address in (space.address, reverse("talk:topics"), reverse("talk:search") + "?q=kanari"):
            assert "Kanari waits" not in client.get(address).content.decode()
        assert client.get(planned.get_absolute_url()).status_code in (302, 303, 404)


def test_what_its_kind_begins_with_is_kept_until_then(ada: Actor) -> None:
    space = make_space("Sewing", "public")
    beginning = {"options": "Red\nBlue", "takes_several": True, "open_days": "3", "tags": "colour, thread"}
    planned_by(ada, space, kind="poll", beginning=beginning)
    wait_until(AT)
    topic = Topic.objects.get()
    assert (topic.kind, topic.tag_names, topic.poll.takes_several) == ("poll", ["colour", "thread"], True)
    assert topic.poll.closes_at == AT + timedelta(days=3)
    assert list(topic.poll.options.order_by("place").values_list("words", flat=True)) == ["Red", "Blue"]


def test_its_picture_waits_with_it_and_belongs_to_the_topic_then(ada: Actor) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    kept = files.keep_picture(drawn, by=ada, name="zip.png")
    planned = planned_by(ada, source=f"Look: ![a zip]({kept.address})")
    file = File.objects.get(id=kept.id)
    assert (file.thing_key, file.thing_id) == ("talk.planned_topic", planned.id)
    wait_until(AT)
    file.refresh_from_db()
    assert (file.thing_key, file.thing_id) == ("talk.topic", Topic.objects.get().id)


@pytest.mark.parametrize("case", ["left", "suspended", "archived"])
def test_who_may_not_open_it_any_more_keeps_it_with_the_reason_and_is_told(case: str) -> None:
    with clock.pinned(NOW - timedelta(days=1)):
        space = make_space("Inside", "private")
        ada = make_insider(space, "space.member", "Ada")
    planned = planned_by(ada, space)
    if case == "left":
        leave_space(space, by=ada)
    if case == "suspended":
        suspend_person(Person.objects.get(id=ada.own_id), None, by=make_staff("owner"))
    if case == "archived":
        set_state(space, "archived", by=make_insider(space, "space.steward", "Stew"))
    wait_until(AT)
    planned.refresh_from_db()
    assert (Topic.objects.count(), planned.state, planned.due_at) == (0, "held", None)
    assert planned.reason == "You cannot open a topic in this space."
    told = Notice.objects.filter(kind="talk.held").values_list("person_id", "thing_id")
    assert list(told) == [(ada.own_id, planned.id)]
    wait_until(AT + timedelta(days=1))
    assert Topic.objects.count() == 0
    assert list(check()) == []


def test_its_author_changes_it_opens_it_now_or_drops_it(ada: Actor) -> None:
    space = make_space("Sewing", "public")
    planned = planned_by(ada, space)
    later = TopicPlan("May", "It is May.", datetime.fromisoformat("2026-05-01T09:00"))
    with clock.pinned(NOW):
        changed = actions.change_planned_topic(planned, later, by=ada)
    assert (changed.title, changed.at) == ("May", datetime(2026, 5, 1, 7, tzinfo=UTC))
    wait_until(AT)
    assert Topic.objects.count() == 0
    with clock.pinned(NOW + timedelta(days=20)):
        topic = actions.open_planned_topic(changed, by=ada)
    assert (topic.title, PlannedTopic.objects.count()) == ("May", 0)
    with pytest.raises(NotPossible):
        actions.open_planned_topic(changed, by=ada)
    dropped = planned_by(ada, space)
    actions.drop_planned_topic(dropped, by=ada)
    wait_until(AT)
    assert (Topic.objects.count(), PlannedTopic.objects.count()) == (1, 0)


def test_nobody_else_changes_opens_or_drops_it(ada: Actor) -> None:
    planned, owner = planned_by(ada), make_staff("owner")
    with clock.pinned(NOW):
        for act in (actions.open_planned_topic, actions.drop_planned_topic):
            with pytest.raises(NotPossible):
                act(planned, by=owner)
        with pytest.raises(NotPossible):
            actions.change_planned_topic(planned, TopicPlan("X", "X", WALL), by=owner)
    planned.refresh_from_db()
    assert (planned.title, Topic.objects.count()) == ("April", 0)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"opens": datetime.fromisoformat("2026-03-20T12:59")}, "opens"),
        ({"opens": datetime.fromisoformat("2027-04-01T09:00")}, "opens"),
        ({"title": " "}, "title"),
        ({"source": " "}, "source"),
        ({"kind": "poll", "beginning": {"options": "One"}}, "options"),
        ({"beginning": {"tags": "a, b, c, d, e, f"}}, "tags"),
    ],
)
def test_what_could_not_be_opened_is_refused_at_once_beside_its_field(
    ada: Actor, more: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        planned_by(ada, **more)  # type: ignore[arg-type]
    assert (refused.value.field, PlannedTopic.objects.count()) == (field, 0)


def test_who_may_not_open_topics_there_plans_none(ada: Actor) -> None:
    with pytest.raises(NotAllowed):
        planned_by(ada, make_space("Inside", "private"))
    assert PlannedTopic.objects.count() == 0


def test_twenty_wait_at_most(ada: Actor) -> None:
    space = make_space("Sewing", "public")
    for _number in range(20):
        planned_by(ada, space)
    with pytest.raises(NotPossible):
        planned_by(ada, space)
    assert PlannedTopic.objects.count() == 20


def test_new_rules_of_zones_move_the_instant_and_keep_the_wall_time(ada: Actor) -> None:
    planned = planned_by(ada)
    wrong = AT + timedelta(hours=1)
    PlannedTopic.objects.filter(id=planned.id).update(at=wrong, due_at=wrong, tzdata="2019a")
    with clock.pinned(NOW):
        actions.settle_zones()
    planned.refresh_from_db()
    assert (planned.at, planned.due_at, planned.wall) == (AT, AT, "2026-04-01T09:30")


def test_a_person_gets_what_they_planned_and_leaves_none_of_it(ada: Actor) -> None:
    planned = planned_by(ada)
    person = Person.objects.get(id=ada.own_id)
    assert [row["text"] for row in export(person)["planned_topics"]] == ["It is April."]
    erase_person(person, by=actors.of_person(person.id))
    assert not PlannedTopic.objects.filter(id=planned.id).exists()


def test_a_writer_plans_on_the_page_and_sees_what_waits(ada: Actor, client: Client) -> None:
    space = make_space("Sewing", "public")
    client.force_login(Person.objects.get(id=ada.own_id).account)
    at = reverse("talk:new_topic", kwargs={"space_id": space.id})
    with clock.pinned(NOW):
        assert "On the clocks of Europe/Berlin" in client.get(at).content.decode()
        given = {"title": "April", "kind": "discussion", "source": "It is April."}
        answer = client.post(at, {**given, "opens": "2026-03-01T09:00"})
        page = answer.content.decode()
        assert (answer.status_code, "That time has passed." in page, "It is April." in page) == (422, True, True)
        answer = client.post(at, {**given, "opens": "2026-04-01T09:30"})
        assert (answer.status_code, answer["Location"]) == (303, reverse("talk:planned_topics"))
        assert "April" in client.get(reverse("talk:planned_topics")).content.decode()
        planned = PlannedTopic.objects.get()
        page = client.get(planned.get_absolute_url()).content.decode()
        assert ('value="2026-04-01T09:30"' in page, "Open it now" in page) == (True, True)
        answer = client.post(planned.get_absolute_url(), {**given, "title": "May", "opens": "2026-05-01T09:30"})
        assert (answer.status_code, PlannedTopic.objects.get().title) == (303, "May")
        answer = client.post(reverse("talk:planned_opening", kwargs={"planned_id": planned.id}))
        assert (answer.status_code, Topic.objects.get().title) == (303, "May")
