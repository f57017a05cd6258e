"""One's own calendar by its secret address: whose it is, and what stands in it."""

from datetime import timedelta

from django.conf import settings
from django.urls import reverse

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.base.crypto import CannotOpen
from stoa.community.gather.actions.own_calendar import digest_of
from stoa.community.gather.facts import Answer
from stoa.community.gather.models import CalendarFeed, Event, Rsvp

BACK = timedelta(days=90)
MOST = 500


def address_of(actor: Actor) -> str:
    """The whole address of this person's calendar; empty when they have none (or its key is gone)."""
    feed = CalendarFeed.objects.filter(person_id=actor.own_id).first()
    try:
        secret = feed.secret.open().reveal() if feed else ""
    except CannotOpen:
        return ""
    return settings.STOA_URL + reverse("gather:feed", args=[secret]) if secret else ""


def reader_of(secret: str) -> Actor | None:
    """Whose calendar it is, while they are here."""
    feed = CalendarFeed.objects.filter(digest=digest_of(secret)).first()
    actor = actors.of_person(feed.person_id) if feed else None
    return actor if actor and actor.is_member else None


def events_of(reader: Actor) -> list[tuple[Event, bool]]:
    """What they said yes to or wait for, of the last three months and to come, cancelled ones too; only what they may see now."""
    mine = Rsvp.objects.filter(person_id=reader.own_id, answer__in=(Answer.YES.value, Answer.WAITING.value))
    answers = dict(mine.filter(event__ends_at__gt=clock.now() - BACK).values_list("event_id", "answer"))
    events = Event.objects.visible_to(reader).here().filter(id__in=answers).order_by("starts_at", "id")
    return [(event, answers[event.id] == Answer.YES.value or not event.online_for_going) for event in events[:MOST]]
