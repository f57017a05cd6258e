"""Calling a group in a topic or a reply: who may, who is told, once, and only those who may read it."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock, text
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.models.letter import Letter
from stoa.base.options import set_option
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.profile import follow
from stoa.people.models import Block, Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.actions.restriction import restrict_in_space
from stoa.spaces.facts import RestrictionKind
from stoa.spaces.mentioning import mentionable
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def space() -> Space:
    return make_space("Sewing", "public")


@pytest.fixture
def ada(space: Space) -> Actor:
    return make_insider(space, name="Ada")


@pytest.fixture
def mo(space: Space) -> Actor:
    return make_insider(space, "space.moderator", "Mo")


@pytest.fixture
def stew(space: Space) -> Actor:
    return make_insider(space, "space.steward", "Stew")


def told(kind: str = "talk.call") -> set[str]:
    drain()
    return set(Notice.objects.filter(kind=kind).values_list("person__name", flat=True))


def test_moderators_are_those_of_this_space_and_the_text_keeps_a_key_and_no_name(
    space: Space, ada: Actor, mo: Actor, stew: Actor
) -> None:
    make_insider(make_space("Baking"), "space.moderator", "Elsewhere")
    make_staff("moderator", "Site")
    topic = make_topic(space, source="Please look, @moderators: it sews by itself.", by=ada)
    assert topic.source == "Please look, @[group:moderators]: it sews by itself."
    assert told() == {"Mo", "Stew"}
    shown = text.show_each([topic])[topic.id]
    assert '<span class="mention">@moderators</span>: it sews' in shown
    assert text.plain(topic.html) == "Please look, @moderators: it sews by itself."
    assert topic.source_for_editing() == "Please look, @moderators: it sews by itself."


def test_where_nobody_moderates_an_open_space_the_sites_moderators_are_called(space: Space, ada: Actor) -> None:
    make_staff("moderator", "Site")
    make_reply(make_topic(space), "@Moderators, please.", by=ada)
    assert told() == {"Site"}


def test_of_the_team_only_those_are_told_who_may_read_it() -> None:
    closed = make_space("Quilts", "private")
    inside = make_person("Inside")
    give(inside, "community_manager")
    give(inside, "space.member", closed)
    make_staff("owner", "Outside")
    make_topic(closed, source="Ask the @team.", by=make_insider(closed, name="Ada"))
    assert told() == {"Inside"}


def test_stewards_are_called_by_their_word(space: Space, ada: Actor, mo: Actor, stew: Actor) -> None:
    make_topic(space, source="@stewards come.", by=ada)
    assert told() == {"Stew"}


def test_nobody_is_told_twice(space: Space, ada: Actor, mo: Actor, stew: Actor) -> None:
    topic = make_topic(space, by=stew)
    make_reply(topic, "@Mo and @moderators, see this.", by=ada)
    assert told("talk.mention") == {"Mo"}
    assert told("talk.call") == {"Stew"}
    assert told("talk.reply") == set()
    assert Notice.objects.exclude(kind="spaces.application").count() == 2


def test_who_muted_the_space_or_blocked_the_writer_hears_nothing_and_wishes_hold(
    space: Space, ada: Actor, mo: Actor, stew: Actor
) -> None:
    follow(space.reference, "mute", by=mo)
    Block.objects.create(person_id=stew.own_id, other_id=ada.own_id, kind="mute")
    make_insider(space, "space.moderator", "Nina")
    make_topic(space, source="@moderators", by=ada)
    assert told() == {"Nina"}


def test_a_moderator_who_is_restricted_there_is_not_called(space: Space, ada: Actor, mo: Actor, stew: Actor) -> None:
    until = clock.now() + timedelta(days=1)
    restrict_in_space(Person.objects.get(id=mo.own_id), space, RestrictionKind.QUIET, until, by=stew)
    make_topic(space, source="@moderators", by=ada)
    assert told() == {"Stew"}


def test_somebody_new_calls_nobody_and_a_key_that_is_typed_counts_for_nothing(space: Space, mo: Actor) -> None:
    person = make_person("Newcomer", level=0)
    give(person, "space.member", space)
    for source in ("@moderators", "@[group:moderators]"):
        topic = make_topic(space, source=source, by=actor_of(person))
        assert (topic.source, text.group_keys(topic.html)) == ("@moderators", frozenset())
    topic = make_topic(space, source="@[group:everyone] @[group:nonsense] `@moderators`", by=make_actor("Amara"))
    assert topic.source == "@everyone @nonsense `@moderators`"
    assert told() == set()


def test_only_stewards_call_everyone_and_those_are_the_members_of_the_space(
    space: Space, ada: Actor, mo: Actor, stew: Actor
) -> None:
    make_actor("Reader")
    for by in (ada, mo):
        assert not text.group_keys(make_topic(space, source="@everyone", by=by).html)
    make_topic(space, source="@everyone, the hall is closed.", by=stew)
    assert told() == {"Ada", "Mo"}


def test_everyone_is_called_once_a_day(space: Space, ada: Actor, stew: Actor) -> None:
    topic = make_topic(space, source="@everyone", by=stew)
    with pytest.raises(Invalid):
        make_reply(topic, "@everyone again", by=stew)
    assert Reply.objects.count() == 0
    with clock.moved(by=timedelta(days=1, minutes=1)):
        make_reply(topic, "@everyone again", by=stew)
    assert Reply.objects.count() == 1


def test_in_a_large_space_nobody_calls_everyone(space: Space, ada: Actor, stew: Actor) -> None:
    set_option("spaces.everyone_most", 1, by=make_staff("owner"))
    with pytest.raises(Invalid) as refused:
        make_topic(space, source="@everyone", by=stew)
    assert refused.value.field == "source"
    assert Topic.objects.count() == 0


def test_one_person_calls_only_so_often(space: Space, ada: Actor, mo: Actor) -> None:
    for _turn in range(5):
        make_topic(space, source="@moderators", by=ada)
    with pytest.raises(Invalid):
        make_topic(space, source="@moderators", by=ada)
    assert Topic.objects.count() == 5
    make_topic(space, source="No call at all.", by=ada)


def test_an_edit_calls_nobody_anew(space: Space, ada: Actor, mo: Actor) -> None:
    topic = make_topic(space, by=ada)
    topic = actions.edit_topic(topic, title="Zip", source="@moderators", by=ada)
    reply = actions.edit_reply(make_reply(topic, by=ada), source="@moderators", by=ada)
    assert (text.group_keys(topic.html), text.group_keys(reply.html), told()) == (frozenset(), frozenset(), set())
    called = make_topic(space, source="@moderators", by=ada)
    assert told() == {"Mo"}
    kept = actions.edit_topic(called, title="Zip", source=f"{called.source_for_editing()} and @stewards", by=ada)
    assert text.group_keys(kept.html) == {"moderators"}


def test_a_member_who_is_called_like_a_group_does_not_take_its_place(space: Space, ada: Actor, mo: Actor) -> None:
    taker = make_person("Moderators")
    make_topic(space, source="@moderators", by=ada)
    assert told() == {"Mo"}
    assert told("talk.mention") == set()
    offered = mentionable(space, "moder", to=ada)
    assert [each.insert for each in offered] == ["@moderators", f"@[person:{taker.shown_id}]"]


def test_the_picker_offers_what_one_may_call(space: Space, ada: Actor, stew: Actor) -> None:
    newcomer = make_person("Newcomer", level=0)
    for by, begins, expected in (
        (ada, "mod", ["moderators"]), (ada, "every", []), (stew, "every", ["everyone"]), (ada, "te", ["team"]),
        (actor_of(newcomer), "mod", []),
    ):  # fmt: skip
        assert (by.name, [each.label for each in mentionable(space, begins, to=by)]) == (by.name, expected)


def test_the_preview_equals_what_is_kept(space: Space, ada: Actor, mo: Actor, client: Client) -> None:
    client.force_login(Person.objects.get(id=ada.own_id).account)
    topic = make_topic(space)
    address = f"/topics/{topic.shown_id}/replies/"
    shown = client.post(address, {"source": "Hello @moderators", "preview": "yes"}).content.decode()
    assert '<span class="mention">@moderators</span>' in shown
    assert Reply.objects.count() == 0


def test_its_mail_is_not_sent_where_the_topic_was_muted_meanwhile(space: Space, ada: Actor, mo: Actor) -> None:
    topic = make_topic(space, source="@moderators", by=ada)
    assert told() == {"Mo"}
    letter = Letter.objects.filter(kind="talk.call").first()
    assert letter is not None
    assert (letter.thing_key, letter.thing_id) == ("talk.topic", topic.id)
