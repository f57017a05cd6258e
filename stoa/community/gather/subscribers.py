"""What follows from events and answers: those concerned are told. May run twice: notices merge while unread."""

from stoa.base import actors
from stoa.base.facts import Told, hears
from stoa.community.gather import actions
from stoa.community.gather.facts import Answer, EventCancelled, EventChanged, EventPlanned, RsvpMovedUp
from stoa.community.gather.models import Event, Rsvp
from stoa.people.actions.notice import tell
from stoa.people.actions.profile import followers
from stoa.spaces.facts import RoleTaken, SpaceChanged, SpaceLeft
from stoa.spaces.readers import readers_among

HOUSE = actors.system("gather")
COMING = (Answer.YES.value, Answer.WAITING.value)


@hears(EventPlanned, name="gather.notices_of_plans")
def tell_of_plan(told: Told[EventPlanned]) -> None:
    """Those who watch the space."""
    event = Event.objects.here().planned().filter(id=told.fact.event).select_related("space").first()
    if event:
        by = actors.of_person(told.by_id) if told.by_id else HOUSE
        watching = readers_among(event.space, followers(("spaces.space", event.space_id), "watch"))
        tell(watching, "gather.planned", ("gather.event", event.id), by=by, within=[event.space.reference])


@hears(EventChanged, name="gather.notices_of_changes")
def tell_of_change(told: Told[EventChanged]) -> None:
    if told.fact.moved:
        tell_those_who_come(told.fact.event, "gather.changed", told.by_id)


@hears(EventCancelled, name="gather.notices_of_cancelling")
def tell_of_cancelling(told: Told[EventCancelled]) -> None:
    tell_those_who_come(told.fact.event, "gather.cancelled", told.by_id)


@hears(RsvpMovedUp, name="gather.notices_of_moving_up")
def tell_of_moving_up(told: Told[RsvpMovedUp]) -> None:
    """Who has the seat now; not who gave it back."""
    still = Rsvp.objects.going().filter(event_id=told.fact.event, person_id=told.fact.person)
    if still.exists():
        tell([told.fact.person], "gather.moved_up", ("gather.event", told.fact.event), by=HOUSE)


@hears(SpaceLeft, name="gather.seats_of_who_left")
def free_seats_of_who_left(told: Told[SpaceLeft]) -> None:
    free_seats(told.fact.person, told.fact.space)


@hears(RoleTaken, name="gather.seats_of_who_lost_a_role")
def free_seats_of_who_lost_a_role(told: Told[RoleTaken]) -> None:
    if told.fact.space:
        free_seats(told.fact.person, told.fact.space)


@hears(SpaceChanged, name="gather.seats_after_closing")
def free_seats_after_closing(told: Told[SpaceChanged]) -> None:
    """A space that was closed takes along only those who are in it."""
    coming = Rsvp.objects.filter(event__space=told.fact.space, answer__in=COMING).values_list("person_id", flat=True)
    for person_id in sorted(set(coming)) if told.fact.sight_changed else ():
        free_seats(person_id, told.fact.space)


def free_seats(person_id: int, space_id: int) -> None:
    """Who cannot read a space any more does not come to what is in it."""
    coming = Event.objects.filter(space_id=space_id).answered_by(person_id, *COMING)
    seen = Event.objects.visible_to(actors.of_person(person_id)).filter(space_id=space_id)
    if coming.exclude(id__in=seen.values("id")).exists():
        actions.give_up_seats(person_id, space_id=space_id, by=HOUSE)


def tell_those_who_come(event_id: int, kind: str, by_id: int | None) -> None:
    """Who has a seat or waits for one, as far as they may still read the space."""
    event = Event.objects.here().filter(id=event_id).select_related("space").first()
    if event:
        coming = Rsvp.objects.filter(event=event, answer__in=COMING).values_list("person_id", flat=True)
        by = actors.of_person(by_id) if by_id else HOUSE
        tell(readers_among(event.space, set(coming)), kind, ("gather.event", event.id), by=by)
