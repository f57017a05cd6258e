"""Who is writing in a topic and who was in a space lately, as one member sees it; and what their own page may say of them.

Nobody is shown whom the reader blocked or muted, who blocked the reader, who stays out of sight, or who does not read that space any more.
Where each member sees only their own topics nobody is shown at all, and visitors see nobody.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.live import nearby
from stoa.base.things import Reference
from stoa.community.talk import policy
from stoa.community.talk.models import Topic, Unseen
from stoa.community.talk.options import NEARBY
from stoa.people.models import Block, Person
from stoa.spaces.models import Space
from stoa.spaces.policy import may_take_part
from stoa.spaces.readers import readers_among

MOST_WRITING, MOST_HERE = 3, 8
WRITING, HERE = "writing", "here"


@dataclass(frozen=True)
class Nearby:
    """`people` to name, and how many `more`; `says`: whether the reader's own page may tell of them in turn."""

    people: list[Person]
    more: int = 0
    says: bool = False


NOBODY = Nearby([])


def writing_in(topic: Topic, reader: Actor) -> Nearby:
    """Who is writing in a topic. Five queries at most, one when it is switched off."""
    if not _is_shown(topic.space, reader):
        return NOBODY
    says = policy.may_reply(reader, topic) and not is_unseen(reader)
    return _of(nearby.who(WRITING, topic_reference(topic)), topic.space, reader, MOST_WRITING, says)


def lately_in(space: Space, reader: Actor) -> Nearby:
    """Who was in a space in the last ten minutes."""
    if not _is_shown(space, reader):
        return NOBODY
    says = may_take_part(reader, space) and not is_unseen(reader)
    return _of(nearby.who(HERE, space.reference), space, reader, MOST_HERE, says)


def says_writing(topic: Topic, *, by: Actor) -> None:
    """Their page says that they are writing; nothing is kept of those who stay out of sight."""
    if not policy.may_reply(by, topic):
        raise NotAllowed(_("You cannot reply here."), _("Join the space to take part."))
    if _is_shown(topic.space, by) and not is_unseen(by):
        nearby.say(WRITING, topic_reference(topic), by.own_id)


def says_here(space: Space, *, by: Actor) -> None:
    if not may_take_part(by, space):
        raise NotAllowed(_("You are not seen here."), _("Join the space to take part."))
    if _is_shown(space, by) and not is_unseen(by):
        nearby.say(HERE, space.reference, by.own_id)


def has_written(topic: Topic, *, by: Actor) -> None:
    """The reply is there: nobody waits for it any more."""
    nearby.stop(WRITING, topic_reference(topic), by.own_id)


def is_unseen(actor: Actor) -> bool:
    return Unseen.objects.visible_to(actor).exists()


def topic_reference(topic: Topic) -> Reference:
    return ("talk.topic", topic.id)


def _is_shown(space: Space, actor: Actor) -> bool:
    return policy.may_be_near(actor, space) and NEARBY.get()


def _of(numbers: list[int], space: Space, reader: Actor, most: int, says: bool) -> Nearby:
    others = [each for each in numbers if each != reader.person_id and each not in reader.blocked]
    if not others:
        return Nearby([], says=says)
    hidden = set(
        Block.objects.filter(person__in=others, other=reader.own_id, kind="block").values_list("person", flat=True)
    )
    hidden |= set(Unseen.objects.filter(person__in=others).values_list("person", flat=True))
    readers = readers_among(space, others)
    seen = Person.objects.visible_to(reader).in_bulk(
        [each for each in others if each in readers and each not in hidden]
    )
    people = [seen[each] for each in others if each in seen]
    return Nearby(people[:most], max(len(people) - most, 0), says)
