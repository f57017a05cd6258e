"""What this room brings to Today: people whose topic nobody has answered yet, newcomers before all others; introductions."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow, pressing
from stoa.community.talk.introducing import Proposal, proposals
from stoa.community.talk.models import Topic
from stoa.community.talk.policy import may_introduce
from stoa.spaces.readers import tended

ROWS, INTRODUCTIONS = 12, 2
LONGEST = timedelta(days=14)
FIRST, OTHER = 4.0, 2.0  # how much it hurts when a first topic, or another, is left
FIRST_WAITS, OTHER_WAITS = timedelta(hours=12), timedelta(hours=48)  # how long either may wait


def rows(actor: Actor) -> Iterator[WorkRow]:
    """Unanswered topics of the last two weeks where the actor answers for the talk, longest wait first."""
    if not actor.is_member:
        return
    waiting = Topic.objects.visible_to(actor).here().unanswered().filter(
        tended(actor, "talk.close_topic"), closed_at=None, opened_at__gt=clock.now() - LONGEST
    )  # fmt: skip
    found = waiting.exclude(author_id=actor.person_id).for_cards()
    for topic in found.newcomers_first(actor)[:ROWS]:
        yield _row(topic, is_first=not vars(topic)["has_earlier"])
    if may_introduce(actor):
        yield from (_introduction(each) for each in proposals(actor)[:INTRODUCTIONS])


def _introduction(proposal: Proposal) -> WorkRow:
    """After the newcomers themselves: two members who would welcome one of them."""
    newcomer, names = proposal.newcomer, [match.person.name for match in proposal.matches]
    who = {"name": newcomer.name, "others": _(" and ").join(names)}
    shared = ", ".join(dict.fromkeys(match.interest for match in proposal.matches))
    return WorkRow(
        key=f"talk.introduction:{newcomer.id}", section=Section.WELCOME,
        what=_("Introduce %(name)s to %(others)s") % who,
        why=_("they share an interest: %(shared)s") % {"shared": shared}, act=_("Introduce"),
        address=proposal.address, since=newcomer.joined_at, person=newcomer.name,
        portrait=newcomer.portrait_address, wing="community", weight=0.5,
    )  # fmt: skip


def _row(topic: Topic, is_first: bool) -> WorkRow:
    harm, allowed = (FIRST, FIRST_WAITS) if is_first else (OTHER, OTHER_WAITS)
    return WorkRow(
        key=f"talk.waiting:{topic.id}", section=Section.WAITING, what=topic.title,
        why=_("%(name)s's first topic, nobody has answered") % {"name": topic.author.name} if is_first
        else _("%(name)s asks, nobody has answered") % {"name": topic.author.name},
        act=_("Answer"), address=topic.get_absolute_url(), since=topic.opened_at, person=topic.author.name,
        portrait=topic.author.portrait_address, wing="community", allowed=allowed,
        weight=pressing(harm, clock.now() - topic.opened_at, allowed),
    )  # fmt: skip
