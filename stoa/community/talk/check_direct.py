"""What must fit in direct messages."""

from collections import Counter
from collections.abc import Iterator

from django.db.models import F, Max
from django.db.models.functions import Coalesce

from stoa.community.talk.models import DirectMessage, Exchange, Participant
from stoa.community.talk.models.exchange import MOST_PEOPLE, pair_of


def check() -> Iterator[str]:
    latest = Exchange.objects.annotate(latest=Coalesce(Max("messages__sent_at"), F("begun_at")))
    if count := latest.exclude(last_at=F("latest")).count():
        yield f"{count} exchanges stand in the list at another time than that of their latest message"
    gone = Participant.State.LEFT
    sizes = Counter(Participant.objects.exclude(state=gone).values_list("exchange_id", flat=True))
    for number, size in sizes.items():
        if size > MOST_PEOPLE:
            yield f"exchange {number} has {size} people"
    taking_part = set(Participant.objects.taking_part().values_list("exchange_id", flat=True))
    if empty := Exchange.objects.exclude(id__in=taking_part).count():
        yield f"{empty} exchanges have nobody who takes part"
    yield from _pairs()
    ends: dict[int, int] = dict(DirectMessage.objects.order_by().values_list("exchange").annotate(Max("id")))
    places = Participant.objects.values_list("exchange_id", "read_to", "since_id")
    ahead = sum(max(read_to, since_id) > ends.get(number, 0) for number, read_to, since_id in places)
    if ahead:
        yield f"{ahead} people have read further in an exchange than it goes"


def _pairs() -> Iterator[str]:
    """An exchange of two is between those whom it is named for; one of them may have left the community."""
    people: dict[int, list[int]] = {}
    for number, person in Participant.objects.exclude(exchange__pair="").values_list("exchange_id", "person_id"):
        people.setdefault(number, []).append(person)
    for number, pair in Exchange.objects.exclude(pair="").values_list("id", "pair"):
        there = people.get(number, [])
        if (len(there) == 2 and pair_of(*there) != pair) or not set(map(str, there)) <= set(pair.split("-")):
            yield f"exchange {number} is between others than those whom it is named for"
