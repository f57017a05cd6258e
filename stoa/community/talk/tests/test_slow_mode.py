"""Slow mode: one reply of each person in so many minutes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.community.talk import actions
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def slowed(minutes: int = 10, until: datetime | None = None) -> Topic:
    space = make_space()
    moderator = make_insider(space, "space.moderator", "Mo")
    return actions.slow_topic(make_topic(space), minutes=minutes, until=until, by=moderator)


def test_a_reply_too_early_is_refused_with_when_it_may_come_and_nothing_is_kept() -> None:
    with clock.pinned(NOW):
        topic, nell = slowed(), make_actor("Nell")
        make_reply(topic, by=nell)
    with clock.pinned(NOW + 4 * MINUTE), pytest.raises(NotPossible) as refused:
        make_reply(topic, by=nell)
    assert refused.value.reason == "This topic is in slow mode: you can reply again in 6 min, at 12:10."
    topic.refresh_from_db()
    assert (Reply.objects.count(), topic.replies_count) == (1, 1)


def test_when_the_time_has_come_they_reply_again_and_others_wait_for_nobody() -> None:
    with clock.pinned(NOW):
        topic, nell = slowed(), make_actor("Nell")
        make_reply(topic, by=nell)
        make_reply(topic, by=make_actor("Ines"))
    with clock.pinned(NOW + 10 * MINUTE):
        make_reply(topic, by=nell)
    assert Reply.objects.count() == 3


def test_what_was_taken_back_counts_too() -> None:
    with clock.pinned(NOW):
        topic, nell = slowed(), make_actor("Nell")
        actions.withdraw_reply(make_reply(topic, by=nell), by=nell)
        with pytest.raises(NotPossible):
            make_reply(topic, by=nell)


def test_moderators_reply_at_any_pace() -> None:
    space = make_space()
    moderator = make_insider(space, "space.moderator", "Mo")
    topic = actions.slow_topic(make_topic(space), minutes=60, until=None, by=moderator)
    make_reply(topic, by=moderator)
    make_reply(topic, by=moderator)
    assert Reply.objects.count() == 2


def test_it_ends_by_itself_at_its_time() -> None:
    with clock.pinned(NOW):
        topic, nell = slowed(60, NOW + 30 * MINUTE), make_actor("Nell")
        make_reply(topic, by=nell)
        with pytest.raises(NotPossible) as refused:
            make_reply(topic, by=nell)
        assert refused.value.reason.endswith("in 30 min, at 12:30.")
    with clock.pinned(NOW + 30 * MINUTE):
        assert not topic.is_slow
        make_reply(topic, by=nell)


def test_it_is_ended_once_and_setting_it_again_holds_from_then_on() -> None:
    space = make_space()
    moderator = make_insider(space, "space.moderator", "Mo")
    topic = make_topic(space)
    actions.end_slow_mode(topic, by=moderator)
    actions.slow_topic(topic, minutes=5, until=None, by=moderator)
    actions.slow_topic(topic, minutes=30, until=None, by=moderator)
    assert Topic.objects.get().slow_minutes == 30
    actions.end_slow_mode(topic, by=moderator)
    actions.end_slow_mode(topic, by=moderator)
    facts = FactRow.objects.filter(name__startswith="talk.slow").order_by("id").values_list("name", flat=True)
    assert sorted(facts) == ["talk.slow_mode_ended", "talk.slow_mode_set", "talk.slow_mode_set"]


@pytest.mark.parametrize(
    ("minutes", "ahead", "field"), [(0, None, "minutes"), (1441, None, "minutes"), (5, -MINUTE, "lasts")]
)
def test_nonsense_is_refused_beside_its_field(minutes: int, ahead: timedelta | None, field: str) -> None:
    space = make_space()
    moderator, topic = make_insider(space, "space.moderator", "Mo"), make_topic(space)
    with pytest.raises(Invalid) as refused:
        actions.slow_topic(topic, minutes=minutes, until=clock.now() + ahead if ahead else None, by=moderator)
    assert (refused.value.field, Topic.objects.get().slow_minutes) == (field, 0)


def test_only_who_moderates_there_sets_and_ends_it() -> None:
    space = make_space()
    author = make_insider(space, "space.member", "Amara")
    topic = make_topic(space, by=author)
    with pytest.raises(NotAllowed):
        actions.slow_topic(topic, minutes=5, until=None, by=author)
    with pytest.raises(NotAllowed):
        actions.end_slow_mode(topic, by=author)
    assert Topic.objects.get().slow_minutes == 0


def test_the_page_says_it_above_the_box_and_keeps_what_was_typed_too_early(client: Client) -> None:
    topic, nell = slowed(60, None), make_person("Nell")
    client.force_login(nell.account)
    page = client.get(topic.get_absolute_url()).content.decode()
    assert page.index("This topic is in slow mode") < page.index('name="source"')
    assert "You can reply again" not in page
    make_reply(topic, by=actor_of(nell))
    assert "You can reply again" in client.get(topic.get_absolute_url()).content.decode()
    answer = client.post(reverse("talk:replies", kwargs={"topic_id": topic.id}), {"source": "Typed too early."})
    said = answer.content.decode()
    assert (answer.status_code, Reply.objects.count()) == (422, 1)
    assert "in slow mode: you can reply again in 1 h" in said
    assert "Typed too early." in said


def test_a_moderator_begins_and_ends_it_on_its_page(client: Client) -> None:
    space = make_space()
    moderator, topic = make_insider(space, "space.moderator", "Mo"), make_topic(space)
    client.force_login(Person.objects.get(id=moderator.own_id).account)
    page = reverse("talk:slow_mode", kwargs={"topic_id": topic.id})
    assert "End slow mode" not in client.get(page).content.decode()
    assert client.post(page, {"minutes": "0", "lasts": "24"}).status_code == 422
    with clock.pinned(NOW):
        assert client.post(page, {"minutes": "20", "lasts": "24"}).status_code == 303
    topic.refresh_from_db()
    assert (topic.slow_minutes, topic.slow_until) == (20, NOW + timedelta(hours=24))
    assert client.delete(page).status_code == 303
    topic.refresh_from_db()
    assert (topic.slow_minutes, topic.slow_until) == (0, None)
