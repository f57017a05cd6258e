"""The exchange: direct messages between two people, or a small group; and who takes part."""

from collections.abc import Collection
from typing import ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q, Value

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.addresses import address
from stoa.base.rows import Row
from stoa.people.models import Person

MOST_PEOPLE = 8
LONGEST_NAME = 60


class Exchanges(models.QuerySet["Exchange"]):
    """How exchanges are found."""

    def visible_to(self, actor: Actor) -> Self:
        """Those in which one takes part, or is asked to: nobody else's, whatever rights one holds."""
        if not actor.is_member or actor.person_id is None:
            return self.none()
        mine = Participant.objects.filter(exchange=OuterRef("pk"), person_id=actor.person_id, state__in=WITHIN)
        return self.filter(Exists(mine))

    def listed_for(self, actor: Actor) -> Self:
        """Without those of two with somebody whom this reader blocked or muted: their messages are not read, but found by address."""
        if not actor.blocked:
            return self
        unheard = Participant.objects.filter(exchange=OuterRef("pk"), person_id__in=sorted(actor.blocked))
        return self.exclude(Exists(unheard), ~Q(pair=""))

    def for_cards(self, actor: Actor) -> Self:
        """With who takes part, and for whom it is drawn."""
        within = Participant.objects.select_related("person").order_by("person__folded", "id")
        people = Prefetch("participants", within, to_attr="everybody")
        return self.prefetch_related(people).annotate(reader_id=Value(actor.person_id or 0))


class Exchange(Row):
    """`pair` names the two people of an exchange that no third can be added to (there is one of each two); empty: a group, which may
    have a name. `last_at` is when the latest message was sent."""

    pair = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=LONGEST_NAME, blank=True)
    begun_at = models.DateTimeField(default=clock.now)
    begun_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    last_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Exchanges] = Exchanges.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pair"], condition=~Q(pair=""), name="exchange_of_two_once")]
        indexes = [models.Index(fields=["-last_at", "-id"], name="exchange_latest")]

    def __str__(self) -> str:
        return f"exchange {self.shown_id}"

    @property
    def is_pair(self) -> bool:
        return bool(self.pair)

    @property
    def reference(self) -> tuple[str, int]:
        return ("talk.direct", self.id)

    def get_absolute_url(self) -> str:
        return address("talk:exchange", exchange_id=self.id)


def pair_of(one: int, other: int) -> str:
    """How the exchange of these two is named, whoever began it."""
    return f"{min(one, other)}-{max(one, other)}"


class Participants(models.QuerySet["Participant"]):
    """How participants are found."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own place in exchanges."""
        return self.filter(person_id=actor.person_id) if actor.person_id else self.none()

    def within(self) -> Self:
        return self.filter(state__in=WITHIN)

    def taking_part(self) -> Self:
        return self.filter(state=Participant.State.ACCEPTED)


class Participant(Row):
    """One person's place in an exchange. `since_id`: they see the messages beyond it; `request_id`: the one message that they may read
    while they are asked; `read_to`: the id up to which they have read."""

    class State(models.TextChoices):
        INVITED = "invited"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        LEFT = "left"

    exchange = models.ForeignKey(Exchange, on_delete=models.CASCADE, related_name="participants")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="exchanges")
    state = models.CharField(max_length=8, choices=State.choices, default=State.ACCEPTED)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True)
    since_id = models.BigIntegerField(default=0)
    request_id = models.BigIntegerField(null=True)
    read_to = models.BigIntegerField(default=0)

    objects: ClassVar[Participants] = Participants.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exchange", "person"], name="participant_once"),
            models.CheckConstraint(
                condition=Q(state="left", left_at__isnull=False) | (~Q(state="left") & Q(left_at=None)),
                name="participant_left_at",
            ),
        ]
        indexes = [models.Index(fields=["person", "state"], name="participant_person")]

    def __str__(self) -> str:
        return f"{self.state} {self.shown_id}"

    @property
    def takes_part(self) -> bool:
        return self.state == self.State.ACCEPTED

    @property
    def is_asked(self) -> bool:
        return self.state == self.State.INVITED


WITHIN = (Participant.State.INVITED, Participant.State.ACCEPTED)


def visible_exchanges(actor: Actor, ids: Collection[int]) -> Exchanges:
    """The exchanges among `ids` that this actor may see, with what their cards need."""
    return Exchange.objects.visible_to(actor).filter(id__in=ids).for_cards(actor)
