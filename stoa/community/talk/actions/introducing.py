"""Bringing a newcomer and members together."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.community.talk.facts import AskedToMeet, Introduced
from stoa.community.talk.introducing import Match, first_topic
from stoa.community.talk.models import Introduction, Topic
from stoa.community.talk.policy import may_ask_to_meet, may_introduce
from stoa.people.actions.notice import tell
from stoa.people.models import Person


def introduce(newcomer: Person, matches: Sequence[Match], *, by: Actor) -> list[Introduction]:
    """Tells each member of the newcomer (of their first topic, where there is one), and the newcomer of each member."""
    if not may_introduce(by):
        raise NotAllowed(_("Introducing people is for the team."))
    if not matches:
        raise Invalid(_("Choose at least one member."), field="welcomer")
    topic = first_topic(newcomer)
    about = ("talk.topic", topic.id) if topic else ("people.person", newcomer.id)
    made = []
    with transaction.atomic():
        for match in matches:
            row, is_new = Introduction.objects.get_or_create(
                newcomer=newcomer,
                welcomer=match.person,
                defaults={"interest": match.interest[:80], "by_id": by.person_id},
            )
            if is_new:
                made.append(row)
                announce(Introduced(newcomer.id, match.person.id), by=by)
                tell([match.person.id], "talk.introduced", about, by=by)
                tell([newcomer.id], "talk.meet", ("people.person", match.person.id), by=by)
    return made


def ask_to_meet(topic: Topic, matches: Sequence[Match], *, by: Actor) -> list[Introduction]:
    """A newcomer asks those whom their topic offered: each is told of it."""
    if not may_ask_to_meet(by, topic):
        raise NotAllowed(_("Only somebody new can ask this, of a topic of theirs."))
    if not matches:
        raise Invalid(_("Choose at least one member."), field="welcomer")
    made = []
    with transaction.atomic():
        for match in matches:
            row, is_new = Introduction.objects.get_or_create(
                newcomer_id=by.own_id,
                welcomer=match.person,
                defaults={"interest": match.interest[:80], "by_id": by.person_id},
            )
            if is_new:
                made.append(row)
                announce(AskedToMeet(by.own_id, match.person.id), by=by)
                tell([match.person.id], "talk.asks_hello", ("talk.topic", topic.id), by=by)
    return made
