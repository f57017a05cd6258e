"""Badges: earned by acts that helped others, lost with what they were for, seen by those who may see that, hidden by their holder."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.base.models import FactRow
from stoa.base.work.drain import drain
from stoa.community.talk.actions import (
    accept_answer,
    add_reply,
    hide_reply,
    move_topic,
    open_topic,
    settle_badges,
    show_badges,
    take_acceptance_back,
    withdraw_reply,
)
from stoa.community.talk.actions.badges import apart
from stoa.community.talk.badge_reading import badges_of
from stoa.community.talk.badges import ALL, earned
from stoa.community.talk.check import check
from stoa.community.talk.models import Badge, BadgeEvidence, Reply, Topic
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import give, make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
SYSTEM = actors.system("talk")


def settled(space: Space, helper: Actor, asker: Actor | None = None) -> Reply:
    """A question that this helper settled."""
    asker = asker or make_actor("Asker")
    if space.is_closed:
        give(Person.objects.get(id=asker.own_id), "space.member", space)
        asker = actor_of(Person.objects.get(id=asker.own_id))
    topic = open_topic(space, title="Zip stuck", source="It will not move.", kind="question", by=asker)
    return accept_answer(add_reply(topic, source="Rub a pencil along it.", by=helper), by=asker)


def of(person: Actor) -> "QuerySet[Badge]":
    return Badge.objects.filter(person_id=person.own_id).order_by("key")


def keys(person: Actor) -> list[str]:
    return list(of(person).values_list("key", flat=True))


def seen_by(reader: Actor, person: Actor) -> list[str]:
    return [each.badge.key for each in badges_of(Person.objects.get(id=person.own_id), reader)]


def test_the_first_settled_question_earns_a_badge_and_its_holder_is_told_what_for() -> None:
    ada = make_actor("Ada")
    reply = settled(make_space(), ada)
    drain()
    badge = of(ada).get()
    assert (badge.key, badge.sphere, badge.by_id) == ("settled_first", 0, None)
    assert [each.reference for each in badge.evidence.all()] == [("talk.reply", reply.id)]
    assert FactRow.objects.get(name="talk.badge_earned").content["person"] == ada.own_id
    notice = Notice.objects.get(person_id=ada.own_id, kind="talk.badge")
    assert notice.reference == ("talk.badge", badge.id)
    page = signed_in(Person.objects.get(id=ada.own_id)).get("/notices/").content.decode()
    assert "settled somebody else&#39;s question" in page or "settled somebody else's question" in page


def test_settling_again_changes_nothing_and_tells_nobody() -> None:
    ada = make_actor("Ada")
    settled(make_space(), ada)
    drain()
    assert settle_badges(by=SYSTEM) == 0
    drain()
    assert (of(ada).count(), Notice.objects.filter(kind="talk.badge").count()) == (1, 1)
    assert list(check()) == []


def test_a_question_of_ones_own_earns_nothing_nor_does_writing_much() -> None:
    ada, space = make_actor("Ada"), make_space()
    settled(space, ada, ada)
    topic = open_topic(space, title="Zip", source="Stuck.", kind="question", by=make_actor("Asker"))
    for _number in range(12):
        add_reply(topic, source="Me again.", by=ada)
    drain()
    settle_badges(by=SYSTEM)
    assert keys(ada) == []


def test_a_badge_goes_with_what_it_was_for_and_another_act_takes_its_place() -> None:
    ada, asker, space = make_actor("Ada"), make_actor("Asker"), make_space()
    first, second = settled(space, ada, asker), settled(space, ada, asker)
    drain()
    assert BadgeEvidence.objects.get().thing_id == first.id
    take_acceptance_back(first, by=asker)
    drain()
    assert BadgeEvidence.objects.get().thing_id == second.id
    assert FactRow.objects.filter(name="talk.badge_lost").count() == 0
    withdraw_reply(second, by=ada)
    drain()
    assert keys(ada) == []
    assert FactRow.objects.get(name="talk.badge_lost").content == {"person": ada.own_id, "key": "settled_first"}
    assert list(check()) == []


def test_what_moderation_hides_stands_for_no_badge_until_it_is_restored() -> None:
    ada, space = make_actor("Ada"), make_space()
    reply = settled(space, ada)
    drain()
    hide_reply(reply, by=make_staff("moderator"))
    drain()
    assert keys(ada) == []


def test_what_happened_in_a_closed_space_is_seen_there_alone() -> None:
    space = make_space("Den", "private")
    ada, insider, outsider = make_insider(space, name="Ada"), make_insider(space, name="In"), make_actor("Out")
    settled(space, ada)
    drain()
    assert of(ada).get().sphere == space.id
    assert (seen_by(insider, ada), seen_by(outsider, ada), seen_by(Actor(), ada)) == (["settled_first"], [], [])
    client = signed_in(Person.objects.get(id=outsider.own_id))
    profile = Person.objects.get(id=ada.own_id).address
    for page in (profile, "/badges/", "/badges/settled_first/"):
        assert "Zip stuck" not in client.get(page).content.decode()
    assert "Ada" not in client.get("/badges/").content.decode()
    assert "Zip stuck" in signed_in(Person.objects.get(id=insider.own_id)).get(profile).content.decode()
    settled(make_space(), ada)
    drain()
    assert seen_by(outsider, ada) == ["settled_first"]
    assert of(ada).count() == 2


def test_visitors_see_only_what_stands_in_public_and_only_of_who_is_shown_to_everyone() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    settled(make_space("Open", "public"), ada)
    settled(make_space("Members", "members"), ben)
    drain()
    assert (seen_by(Actor(), ada), seen_by(Actor(), ben)) == ([], [])
    Person.objects.update(shown_to="everyone")
    assert (seen_by(Actor(), ada), seen_by(Actor(), ben)) == (["settled_first"], [])


def test_a_topic_that_moves_takes_the_badge_along() -> None:
    space, den = make_space(), make_space("Den", "private")
    ada, outsider = make_actor("Ada"), make_actor("Out")
    reply = settled(space, ada)
    drain()
    owner = make_staff("owner")
    give(Person.objects.get(id=owner.own_id), "space.steward", den)
    move_topic(Topic.objects.get(id=reply.topic_id), to=den, by=actor_of(Person.objects.get(id=owner.own_id)))
    drain()
    assert seen_by(outsider, ada) == []
    assert of(ada).get().sphere == den.id
    assert list(check()) == []


def test_a_space_that_closes_shows_its_badges_to_nobody_else_at_once() -> None:
    space, ada, outsider = make_space(), make_actor("Ada"), make_actor("Out")
    settled(space, ada)
    drain()
    Space.objects.filter(id=space.id).update(visibility="private")
    assert seen_by(outsider, ada) == []
    settle_badges(by=SYSTEM)
    assert of(ada).get().sphere == space.id


def test_ask_the_team_earns_nothing_that_others_could_not_see() -> None:
    space = make_space("Ask", ask_team=True)
    ada = make_staff("moderator")
    settled(space, ada)
    drain()
    assert keys(ada) == []


def test_its_holder_hides_one_or_all_and_what_comes_again_stays_hidden() -> None:
    ada, reader, asker = make_actor("Ada"), make_actor("Reader"), make_actor("Asker")
    reply = settled(make_space(), ada, asker)
    drain()
    show_badges("settled_first", False, by=ada)
    assert (seen_by(reader, ada), seen_by(ada, ada)) == ([], ["settled_first"])
    assert "Hidden from others" in signed_in(Person.objects.get(id=ada.own_id)).get("/badges/yours/").content.decode()
    take_acceptance_back(reply, by=asker)
    drain()
    accept_answer(reply, by=asker)
    drain()
    assert (keys(ada), seen_by(reader, ada)) == (["settled_first"], [])
    show_badges("settled_first", True, by=ada)
    assert seen_by(reader, ada) == ["settled_first"]
    client = signed_in(Person.objects.get(id=ada.own_id))
    client.post("/badges/yours/", {"key": "", "shown": "no"})
    assert seen_by(reader, ada) == []
    assert client.post("/badges/yours/", {"key": "settled_ten", "shown": "no"}).status_code == 403


def test_what_was_said_before_joining_earns_nothing() -> None:
    ada = make_actor("Ada")
    settled(make_space(), ada)
    with clock.moved(by=timedelta(days=1)):
        Person.objects.filter(id=ada.own_id).update(joined_at=clock.now())
        drain()
        settle_badges(by=SYSTEM)
    assert keys(ada) == []


def test_whoever_leaves_takes_their_badges_along_and_leaves_those_of_others() -> None:
    ada, asker, space = make_actor("Ada"), make_actor("Asker"), make_space()
    settled(space, ada, asker)
    drain()
    show_badges("settled_first", False, by=ada)
    erase_person(Person.objects.get(id=asker.own_id), by=asker)
    drain()
    assert keys(ada) == ["settled_first"]
    assert list(check()) == []
    erase_person(Person.objects.get(id=ada.own_id), by=ada)
    drain()
    assert not Badge.objects.exists()
    assert settle_badges(by=SYSTEM) == 0


def test_the_page_says_what_each_is_for_and_ranks_nobody() -> None:
    ada = make_actor("Ada")
    settled(make_space(), ada)
    drain()
    page = signed_in(make_person("Reader")).get("/badges/").content.decode()
    for each in ALL:
        assert each.name() in page
    assert "Ada" in page
    assert signed_in(make_person("Other")).get("/badges/settled_first/").status_code == 200
    assert signed_in(make_person("Third")).get("/badges/nothing/").status_code == 404


def test_what_is_kept_is_what_is_counted() -> None:
    ada = make_actor("Ada")
    settled(make_space(), ada)
    drain()
    kept = list(Badge.objects.earned().prefetch_related("evidence"))
    assert apart(earned(), kept) == []
    BadgeEvidence.objects.all().delete()
    assert [line for line in check() if "badges" in line] == ["1 badges are not what stands here says"]
