"""What this room keeps of a person: their answers, what they planned, look after and counted, the address of their calendar."""

from typing import Any

from stoa.base import actors, search
from stoa.base.text import Authored
from stoa.community.gather.actions import give_up_seats
from stoa.community.gather.actions.seats import locked, recount
from stoa.community.gather.models import CalendarFeed, Contribution, Event, Format, Host, Occasion, Rsvp
from stoa.people.keeping import Keeping
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """All of it, with what they wrote as they typed it."""
    planned = Event.objects.filter(made_by=person).order_by("id")
    answers = Rsvp.objects.filter(person=person).select_related("event").order_by("id")
    counted = Contribution.objects.filter(by=person).order_by("id")
    return {
        "events": [
            {"id": row.shown_id, "title": row.title, "text": row.source, "at": row.starts_at} for row in planned
        ],
        "answers": [
            {
                "event": row.event.shown_id,
                "title": row.event.title,
                "answer": row.answer,
                "at": row.answered_at,
                "attendance": row.attendance,
            }
            for row in answers
        ],
        "hosted": [row.event.shown_id for row in Host.objects.filter(person=person).select_related("event")],
        "contributions": [{"number": row.number, "day": row.day, "note": row.note} for row in counted],
        "formats": [
            {"name": row.name, "title": row.title, "text": row.opening, "how": row.source}
            for row in Format.objects.filter(made_by=person).order_by("id")
        ],
        "has_calendar_address": CalendarFeed.objects.filter(person=person).exists(),
    }


def erase(person: Person) -> None:
    """Their seats go to who waits, their answers are deleted, what they planned loses their words; what they counted still counts,
    and the formats are the community's, by nobody."""
    give_up_seats(person.id, by=actors.system("gather"))
    past = Rsvp.objects.filter(person=person).select_related("event")
    events = {rsvp.event_id: rsvp.event for rsvp in past}
    past.delete()
    for event in events.values():
        recount(locked(event))
    Host.objects.filter(person=person).delete()
    CalendarFeed.objects.filter(person=person).delete()
    Contribution.objects.filter(by=person).update(by=None, note="")
    Format.objects.filter(made_by=person).update(made_by=None)
    Occasion.objects.filter(started_by=person).update(started_by=None)
    for event in Event.objects.filter(made_by=person):
        event.erase_text()
        event.title, event.cancel_reason = "—", ""
        event.save(update_fields=[*Authored.TEXT_FIELDS, "title", "cancel_reason"])
        search.remove("gather.event", event.id)


KEEPING = Keeping("gather", export, erase)
