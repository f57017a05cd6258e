"""The demo's direct messages: a few exchanges of those whom one can sign in as, one of them a request that waits."""

from collections.abc import Iterator

from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.base.text import write
from stoa.community.talk.direct_noticing import MESSAGE, REQUEST
from stoa.community.talk.facts import DirectBegun, DirectMessageSent
from stoa.community.talk.models import DirectMessage, Exchange, Participant
from stoa.community.talk.models.exchange import pair_of
from stoa.demo_guild import direct
from stoa.people.models import Notice


def fill(story: Story) -> None:
    """All of them, as their actions and what follows from them would have left it."""
    for told in direct.exchanges():
        people = {key: story.id_of("person", key) for key in told.people}
        begun = story.ago(told.messages[0].offset)
        with story.at(begun):
            pair = pair_of(*people.values()) if len(people) == 2 else ""
            exchange = Exchange(pair=pair, name=told.name, begun_by_id=people[told.people[0]])
        messages = list(_messages(story, told, exchange))
        exchange.last_at = messages[-1].sent_at
        exchange.save(force_insert=True)
        DirectMessage.objects.bulk_create(messages)
        places = list(_places(story, told, exchange, messages))
        Participant.objects.bulk_create(places)
        Notice.objects.bulk_create(_notices(messages, places))
        announce_past([Past(DirectBegun(exchange.id), begun, exchange.begun_by_id), *_facts(messages)])


def _messages(story: Story, told: direct.Exchange, exchange: Exchange) -> Iterator[DirectMessage]:
    for each in told.messages:
        with story.at(story.ago(each.offset)):
            message = DirectMessage(exchange=exchange, author_id=story.id_of("person", each.by))
        message.set_text(write(each.body))
        yield message


def _places(
    story: Story, told: direct.Exchange, exchange: Exchange, messages: list[DirectMessage]
) -> Iterator[Participant]:
    for key in told.people:
        number, is_asked = story.id_of("person", key), key in told.asked
        own = max((each.id for each in messages if each.author_id == number), default=0)
        with story.at(exchange.begun_at):
            yield Participant(
                exchange=exchange, person_id=number, read_to=own if key in told.unread or is_asked else messages[-1].id,
                state=Participant.State.INVITED if is_asked else Participant.State.ACCEPTED,
                request_id=messages[0].id if is_asked else None,
            )  # fmt: skip


def _notices(messages: list[DirectMessage], places: list[Participant]) -> Iterator[Notice]:
    """Of what they have not read, merged as it is while unread."""
    for place in places:
        new = [each for each in messages if each.id > place.read_to and each.author_id != place.person_id]
        if new:
            yield Notice(
                person_id=place.person_id, kind=REQUEST if place.is_asked else MESSAGE, thing_key="talk.direct",
                thing_id=place.exchange_id, by_id=new[-1].author_id, count=len(new), first_at=new[0].sent_at,
                last_at=new[-1].sent_at,
            )  # fmt: skip


def _facts(messages: list[DirectMessage]) -> Iterator[Past]:
    for each in messages:
        yield Past(DirectMessageSent(each.exchange_id, each.id), each.sent_at, each.author_id)
