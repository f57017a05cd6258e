"""Makers of topics and replies for tests: this room's, and every higher one's."""

from stoa.base.actors import Actor
from stoa.community.talk.actions import add_reply, begin_exchange, open_topic
from stoa.community.talk.models import Exchange, Participant, Reply, Topic
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.models import Space
from stoa.spaces.tests.makers import make_space


def make_topic(
    space: Space | None = None, title: str = "Zip stuck", source: str = "It will not move.", *, by: Actor | None = None
) -> Topic:
    """A topic, opened through its action."""
    return open_topic(space or make_space(), title=title, source=source, by=by or make_actor("Amara"))


def make_reply(topic: Topic, source: str = "Rub a pencil along the teeth.", *, by: Actor | None = None) -> Reply:
    """A reply, added through its action."""
    return add_reply(topic, source=source, by=by or make_actor("Tomasz"))


def make_exchange(one: Actor, *others: Actor, source: str = "Do you have a minute?", name: str = "") -> Exchange:
    """An exchange in which everybody takes part, begun by the first with one message."""
    people = [Person.objects.get(id=each.own_id) for each in others]
    exchange = begin_exchange(people, source=source, by=one, name=name)
    exchange.participants.update(state=Participant.State.ACCEPTED, request_id=None)
    return exchange
