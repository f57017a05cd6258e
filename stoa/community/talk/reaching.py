"""Who may write to whom directly, and how: at once, by asking first, or not.

Everybody chooses who may write to them: anyone, people whom they know (so it is at first), nobody. Known is who shares a closed space with
them, or whom they have answered: in a topic of that person's, to a reply of theirs, or in an exchange. Others may ask, with one
message. Whom somebody blocked hears the same as everybody hears of those who chose nobody.
"""

from collections.abc import Collection, Sequence
from enum import StrEnum

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base.actors import Actor
from stoa.community.talk.models import DirectMessage, DirectWish, Exchange, Participant, Presence, Reply
from stoa.people.models import Block, Person
from stoa.spaces.models import Grant, Space

READ = "spaces.read"


class Reach(StrEnum):
    """How somebody can be written to."""

    AT_ONCE = "at_once"
    ASKING = "asking"
    CLOSED = "closed"


def reach_of(people: Sequence[Person], actor: Actor) -> dict[int, Reach]:
    """Of each of these people. At most five queries."""
    numbers = [each.id for each in people]
    wishes = dict(DirectWish.objects.filter(person_id__in=numbers).values_list("person_id", "who"))
    shut = closed_among(numbers, actor, wishes)
    asked = [each for each in numbers if each not in shut and wishes.get(each) != DirectWish.Who.ANYONE]
    known = known_among(asked, actor)
    found = {each: Reach.ASKING if each in asked and each not in known else Reach.AT_ONCE for each in numbers}
    return {each: Reach.CLOSED if each in shut else found[each] for each in numbers}


def closed_among(numbers: Collection[int], actor: Actor, wishes: dict[int, str] | None = None) -> set[int]:
    """Those who cannot be written to: they chose nobody, or one of the two blocked the other. One query, two without `wishes`."""
    if wishes is None:
        wishes = dict(DirectWish.objects.filter(person_id__in=numbers).values_list("person_id", "who"))
    pairs = Q(person_id=actor.own_id, other_id__in=numbers) | Q(person_id__in=numbers, other_id=actor.own_id)
    blocks = Block.objects.filter(pairs, kind="block").values_list("person_id", "other_id")
    between = {number for pair in blocks for number in pair} - {actor.own_id}
    return between | {number for number in numbers if wishes.get(number) == DirectWish.Who.NOBODY}


def known_among(numbers: Collection[int], actor: Actor) -> set[int]:
    """Those who share a closed space with the actor, or answered them. Three queries."""
    if not numbers:
        return set()
    closed = Space.objects.filter(id__in=actor.scope_ids("space", READ), visibility__in=("private", "secret"))
    grants = Grant.objects.standing().filter(scope_kind="space", scope_id__in=closed.values("id"))
    near = set(grants.filter(person_id__in=numbers).values_list("person_id", flat=True))
    to_me = Q(topic__author=actor.own_id) | Q(answers__author=actor.own_id)
    replies = Reply.objects.filter(to_me, author_id__in=numbers, presence=Presence.HERE)
    answered = set(replies.order_by().values_list("author_id", flat=True).distinct())
    mine = Participant.objects.taking_part().filter(person_id=actor.own_id).values("exchange")
    written = DirectMessage.objects.filter(exchange__in=mine, author_id__in=numbers, presence=Presence.HERE)
    return near | answered | set(written.order_by().values_list("author_id", flat=True).distinct())


def wish_of(actor: Actor) -> str:
    """Whom this person lets write to them."""
    chosen = DirectWish.objects.visible_to(actor).values_list("who", flat=True).first()
    return chosen or DirectWish.Who.KNOWN.value


def not_now(exchange: Exchange, everybody: Collection[Participant], actor: Actor) -> str:
    """Why this actor, who takes part, cannot write there now; "" when they can. Without a query for a group, two for an exchange of two.
    Who was not answered yet is told so before anything else: whether somebody declined or shut the door is not told."""
    others = [each for each in everybody if each.person_id != actor.person_id]
    if not any(each.takes_part for each in others):
        return _nobody_there(others)
    if not exchange.is_pair:
        return ""
    other = others[0].person
    if not other.name or other.is_erased:
        return _("This person has left the community.")
    if wish_of(actor) == DirectWish.Who.NOBODY:
        return _("You chose that nobody may write to you, so the two of you cannot write here.")
    if Block.objects.filter(person_id=actor.own_id, other=other, kind="block").exists():
        return _("You blocked %(name)s. On their page you can take it back.") % {"name": other.name}
    return closed_sentence(other) if closed_among([other.id], actor) else ""


def closed_sentence(other: Person) -> str:
    """What everybody hears who cannot write to somebody, for whatever reason."""
    return _("%(name)s takes no direct messages at the moment.") % {"name": other.name}


def _nobody_there(others: Sequence[Participant]) -> str:
    waiting = [each for each in others if each.state in (Participant.State.INVITED, Participant.State.DECLINED)]
    if not waiting:
        return _("Nobody else takes part any more.")
    words = ngettext(
        "%(names)s has not answered yet. You can write more once they have accepted.",
        "Nobody has answered yet. You can write more once somebody has accepted.",
        len(waiting),
    )
    return words % {"names": ", ".join(each.person.name for each in waiting)}
