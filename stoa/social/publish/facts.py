"""What this room announces: what was planned, and what became of each delivery."""

from dataclasses import dataclass
from datetime import datetime

from stoa.base.facts import Fact, fact

ABOUT = ("publish.delivery", "delivery")


@fact("publish.post_planned", about=("publish.post", "post"))
@dataclass(frozen=True)
class PostPlanned(Fact):
    post: int
    at: datetime
    deliveries: tuple[int, ...]


@fact("publish.delivery_planned", about=ABOUT)
@dataclass(frozen=True)
class DeliveryPlanned(Fact):
    """Something is to go out: part of a post, or an answer on the network (no post). Also when it is planned again."""

    delivery: int
    channel: int
    post: int | None
    at: datetime
    again: bool


@fact("publish.delivery_changed", about=ABOUT)
@dataclass(frozen=True)
class DeliveryChanged(Fact):
    """Before it went out it was written anew."""

    delivery: int
    channel: int
    post: int


@fact("publish.delivery_handed", about=ABOUT)
@dataclass(frozen=True)
class DeliveryHanded(Fact):
    """Its time has come on a channel that is served by hand: a person posts it."""

    delivery: int
    channel: int
    post: int | None


@fact("publish.delivery_published", about=ABOUT)
@dataclass(frozen=True)
class DeliveryPublished(Fact):
    """The network confirmed it. `attempts` is how many times something was sent or looked up."""

    delivery: int
    channel: int
    post: int | None
    at: datetime
    attempts: int


@fact("publish.delivery_refused", about=ABOUT)
@dataclass(frozen=True)
class DeliveryRefused(Fact):
    delivery: int
    channel: int
    post: int | None


@fact("publish.delivery_stopped", about=ABOUT)
@dataclass(frozen=True)
class DeliveryStopped(Fact):
    """The channel must be connected again before this can go out."""

    delivery: int
    channel: int
    post: int | None


@fact("publish.delivery_unknown", about=ABOUT)
@dataclass(frozen=True)
class DeliveryUnknown(Fact):
    """It may have been published: it is looked up, and never sent again blindly."""

    delivery: int
    channel: int
    post: int | None


@fact("publish.delivery_held", about=ABOUT)
@dataclass(frozen=True)
class DeliveryHeld(Fact):
    """By a gate (it may no longer be sent), or by a switch or a person."""

    delivery: int
    channel: int
    post: int | None
    gate: bool


@fact("publish.delivery_asks", about=ABOUT)
@dataclass(frozen=True)
class DeliveryAsks(Fact):
    """A person must decide: `ambiguous` (it may be there or not), late (its time has passed) or forgotten (handed over, no word)."""

    delivery: int
    channel: int
    post: int | None
    ambiguous: bool


@fact("publish.delivery_withdrawn", about=ABOUT)
@dataclass(frozen=True)
class DeliveryWithdrawn(Fact):
    """It is not there (any more): `read_back` when the network was asked and said so."""

    delivery: int
    channel: int
    post: int | None
    read_back: bool


@fact("publish.takedown_answered", about=ABOUT)
@dataclass(frozen=True)
class TakedownAnswered(Fact):
    """What the network answered when it was asked to take a post down: is it gone?"""

    delivery: int
    channel: int
    gone: bool


@fact("publish.correction_asked", about=ABOUT)
@dataclass(frozen=True)
class CorrectionAsked(Fact):
    """Other words were asked for what is out already."""

    delivery: int
    channel: int


@fact("publish.correction_answered", about=ABOUT)
@dataclass(frozen=True)
class CorrectionAnswered(Fact):
    """What became of it: are the new words there?"""

    delivery: int
    channel: int
    done: bool


SCHEDULE = ("publish.schedule", "schedule")


@fact("publish.schedule_kept", about=SCHEDULE)
@dataclass(frozen=True)
class ScheduleKept(Fact):
    """A post is to go out again and again."""

    schedule: int
    post: int


@fact("publish.schedule_changed", about=SCHEDULE)
@dataclass(frozen=True)
class ScheduleChanged(Fact):
    """Other times, other channels, or other words."""

    schedule: int


@fact("publish.schedule_stopped", about=SCHEDULE)
@dataclass(frozen=True)
class ScheduleStopped(Fact):
    """By a person, or by itself because nothing of it may go out any more."""

    schedule: int
    by_itself: bool


@fact("publish.schedule_resumed", about=SCHEDULE)
@dataclass(frozen=True)
class ScheduleResumed(Fact):
    schedule: int


@fact("publish.schedule_ended", about=SCHEDULE)
@dataclass(frozen=True)
class ScheduleEnded(Fact):
    """Its last time has been planned."""

    schedule: int


@fact("publish.occurrence_made", about=SCHEDULE)
@dataclass(frozen=True)
class OccurrenceMade(Fact):
    """The k-th time of a schedule was looked at: what may go out is planned as `post` (None: nothing may), `refused` channels may not."""

    schedule: int
    number: int
    post: int | None
    refused: int


@fact("publish.occurrence_skipped", about=SCHEDULE)
@dataclass(frozen=True)
class OccurrenceSkipped(Fact):
    """One of its times is left out, or (`again`) after all not."""

    schedule: int
    number: int
    again: bool


@fact("publish.video_fit_asked", about=("publish.post", "post"))
@dataclass(frozen=True)
class VideoFitAsked(Fact):
    """A post's video is to be fitted to a network's rule."""

    fit: int
    post: int


@fact("publish.video_fitted", about=("publish.post", "post"))
@dataclass(frozen=True)
class VideoFitted(Fact):
    """What became of that: is there a version that fits?"""

    fit: int
    post: int
    done: bool


@fact("publish.boost_changed", about=ABOUT)
@dataclass(frozen=True)
class BoostChanged(Fact):
    """Somebody said that a post is or was boosted at that time, that this ends, or that it was not."""

    boost: int
    delivery: int
    channel: int
    starts: datetime
    ends: datetime | None
