"""Who is restricted within a space writes nothing there, by whatever way, and everywhere else as before."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.options import set_option
from stoa.base.work.drain import drain
from stoa.community.talk import actions, policy
from stoa.community.talk.actions.mailed import take_mail
from stoa.community.talk.models import Ballot, IdeaVote, Mark, PlannedTopic, PollOption, Reply, Topic
from stoa.community.talk.planning import RitualPlan, TopicPlan
from stoa.community.talk.reply_addresses import reply_address
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.tests.spoofs import DOMAIN, address_of, written
from stoa.community.talk.tests.test_kinds import make_idea, make_poll
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.restriction import restrict_in_space
from stoa.spaces.facts import RestrictionKind
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)
DAY, MONTH = timedelta(days=1), timedelta(days=30)
Act = Callable[["Scene"], object]


class Scene:
    """A space with a topic, an idea and a poll, and somebody who wrote there and then is restricted."""

    def __init__(self, role: str = "space.member") -> None:
        self.space, self.other = make_space("Sewing", "public"), make_space("Baking", "public")
        self.person = make_person("Rafferty")
        give(self.person, role, self.space)
        give(self.person, "space.moderator", self.other)
        before = actor_of(self.person)
        self.topic, self.idea, self.poll = make_topic(self.space), make_idea(self.space), make_poll(self.space)
        self.own = make_topic(self.space, "Mine", by=before)
        self.own_reply = make_reply(self.topic, by=before)
        self.elsewhere = make_topic(self.other, "There", by=before)
        self.steward = make_insider(self.space, "space.steward", "Stew")

    def restrict(self, how_long: timedelta = MONTH) -> Actor:
        until = clock.now() + how_long
        restrict_in_space(self.person, self.space, RestrictionKind.QUIET, until, by=self.steward)
        return self.by

    @property
    def by(self) -> Actor:
        return actor_of(Person.objects.get(id=self.person.id))

    def kept(self) -> tuple[object, ...]:
        texts = [*Topic.objects.order_by("id").values_list("title", "source", "space_id", "closed_at")]
        return (
            texts, list(Reply.objects.order_by("id").values_list("source", "presence")), Mark.objects.count(),
            Ballot.objects.count(), IdeaVote.objects.count(), PlannedTopic.objects.count(),
        )  # fmt: skip


ACTS: dict[str, Act] = {
    "topic": lambda it: actions.open_topic(it.space, title="New", source="Words.", by=it.by),
    "reply": lambda it: actions.add_reply(it.topic, source="Words.", by=it.by),
    "edit topic": lambda it: actions.edit_topic(it.own, title="Other", source="Words.", by=it.by),
    "edit reply": lambda it: actions.edit_reply(it.own_reply, source="Words.", by=it.by),
    "close": lambda it: actions.close_topic(it.own, by=it.by),
    "idea vote": lambda it: actions.vote_for(it.idea, by=it.by),
    "ballot": lambda it: actions.vote_in(it.poll, [PollOption.objects.first().id], by=it.by),  # type: ignore[union-attr]
    "sign": lambda it: actions.leave_mark(it.topic, "thanks", by=it.by),
    "plan": lambda it: actions.plan_topic(
        it.space, TopicPlan(title="April", source="It is.", opens=datetime.fromisoformat("2036-04-01T09:30")), by=it.by
    ),
    "move there": lambda it: actions.move_topic(it.elsewhere, to=it.space, by=it.by),
}


@pytest.mark.parametrize("act", sorted(ACTS))
@pytest.mark.parametrize("role", ["space.member", "space.moderator"])
def test_nothing_is_written_there_while_it_holds(act: str, role: str) -> None:
    scene = Scene(role)
    scene.restrict()
    before = scene.kept()
    with pytest.raises(NotAllowed):
        ACTS[act](scene)
    assert scene.kept() == before


@pytest.mark.parametrize("act", ["topic", "reply", "edit topic", "edit reply", "close", "idea vote", "ballot", "sign"])
def test_all_of_it_is_possible_again_when_it_is_over(act: str) -> None:
    scene = Scene()
    scene.restrict(DAY)
    with clock.moved(by=DAY):
        ACTS[act](scene)


def test_elsewhere_they_write_and_moderate_as_before() -> None:
    scene = Scene()
    restricted = scene.restrict()
    actions.add_reply(scene.elsewhere, source="Here I may.", by=restricted)
    assert policy.may_close_topic(restricted, scene.elsewhere)


def test_they_take_back_their_own_words_even_so() -> None:
    scene = Scene()
    actions.withdraw_reply(scene.own_reply, by=scene.restrict())
    assert Reply.objects.get(id=scene.own_reply.id).presence == "withdrawn"


def test_an_answer_by_mail_is_refused_and_comes_back() -> None:
    set_option("talk.reply_domain", DOMAIN, by=make_staff("owner"))
    scene = Scene()
    scene.restrict()
    to = reply_address(scene.person.id, scene.topic.id)
    count = Reply.objects.count()
    taken = take_mail(written(address_of(scene.person), to, "By mail then.").as_bytes(), [to])
    assert (taken.outcome, Reply.objects.count()) == ("refused", count)


def test_what_was_planned_before_does_not_open_meanwhile() -> None:
    with clock.pinned(NOW):
        scene = Scene()
        plan = TopicPlan(title="April", source="It is.", opens=datetime.fromisoformat("2026-04-01T09:30"))
        actions.plan_topic(scene.space, plan, by=scene.by)
        scene.restrict()
    count = Topic.objects.count()
    with clock.pinned(NOW + timedelta(days=20)):
        drain()
    assert Topic.objects.count() == count


def test_a_ritual_of_theirs_pauses() -> None:
    with clock.pinned(NOW):
        scene = Scene("space.steward")
        plan = RitualPlan(title="Week {week}", source="What is on?", rhythm="weekly", at=time(9))
        ritual = actions.keep_ritual(scene.space, plan, by=scene.by)
        scene.restrict()
    count = Topic.objects.count()
    with clock.pinned(NOW + timedelta(days=8)):
        drain()
    ritual.refresh_from_db()
    assert (ritual.state, Topic.objects.count()) == ("paused", count)


def test_their_page_has_no_writing_box_and_a_form_that_was_open_is_told_why(client: Client) -> None:
    scene = Scene()
    scene.restrict()
    client.force_login(scene.person.account)
    page = client.get(scene.topic.get_absolute_url()).content.decode()
    assert 'name="source"' not in page
    count = Reply.objects.count()
    refused = client.post(f"/topics/{scene.topic.shown_id}/replies/", {"source": "Words."})
    assert (refused.status_code, Reply.objects.count()) == (403, count)
    assert "A decision keeps you from writing in this space" in refused.content.decode()
    assert client.get(f"/spaces/{scene.space.shown_id}/topics/new/").status_code == 403
    assert f"{scene.space.shown_id}/topics/new/" not in client.get(scene.space.address).content.decode()


def test_a_closed_space_stays_readable_to_who_may_only_not_write() -> None:
    space = make_space("Quilts", "secret")
    topic = make_topic(space, by=make_insider(space))
    person = make_person("Rafferty")
    give(person, "space.member", space)
    restrict_in_space(
        person, space, RestrictionKind.QUIET, clock.now() + MONTH, by=make_insider(space, "space.steward")
    )
    restricted = actor_of(person)
    assert Topic.objects.visible_to(restricted).filter(id=topic.id).exists()
    assert not policy.may_reply(restricted, Topic.objects.select_related("space").get(id=topic.id))


def test_taken_out_of_a_secret_space_nothing_of_it_is_left_to_see() -> None:
    space = make_space("Quilts", "secret")
    topic = make_topic(space, by=make_insider(space))
    person = make_person("Rafferty")
    give(person, "space.member", space)
    restrict_in_space(person, space, RestrictionKind.OUT, clock.now() + MONTH, by=make_insider(space, "space.steward"))
    gone = actor_of(person)
    assert not Topic.objects.visible_to(gone).filter(id=topic.id).exists()
    assert not Space.objects.visible_to(gone).filter(id=space.id).exists()
    assert make_actor("Other").restricted == frozenset()
