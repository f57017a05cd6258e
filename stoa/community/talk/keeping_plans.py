"""What this room keeps of a person's plans: topics that wait, and rituals that they keep. Gives it out, and forgets it."""

from typing import Any

from stoa.base import files
from stoa.community.talk.models import PlannedTopic, Ritual
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """In their own words, with when."""
    return {
        "planned_topics": [
            {
                "id": row.shown_id, "space": row.space.shown_id, "title": row.title, "text": row.source, "opens": row.wall,
                "zone": row.zone, "state": row.state,
            }
            for row in PlannedTopic.objects.filter(author=person).select_related("space").order_by("id")
        ],
        "rituals": [
            {"id": row.shown_id, "space": row.space.shown_id, "title": row.title, "text": row.source, "state": row.state}
            for row in Ritual.objects.filter(kept_by=person).select_related("space").order_by("id")
        ],
    }  # fmt: skip


def erase(person: Person) -> None:
    """What waits is dropped; their rituals end, and keep neither title nor text. What these opened goes as their topics go."""
    planned = PlannedTopic.objects.filter(author=person)
    for row in planned:
        files.detach(("talk.planned_topic", row.id))
    planned.delete()
    for ritual in Ritual.objects.filter(kept_by=person):
        ritual.erase_text()
        ritual.title, ritual.tags, ritual.reason = "—", "", ""
        ritual.state, ritual.kept_by, ritual.due_at, ritual.lease_until = Ritual.State.ENDED, None, None, None
        ritual.save()
