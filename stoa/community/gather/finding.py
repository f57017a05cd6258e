"""What search knows of events. Called in the actions, in their transactions."""

from stoa.base import search
from stoa.base.search import Document
from stoa.base.text import plain
from stoa.community.gather.models import Event
from stoa.spaces.visibility import audience_of


def keep_event(event: Event) -> None:
    """Makes an event findable as it is now."""
    search.index(document_of(event))


def drop_event(event: Event) -> None:
    search.remove("gather.event", event.id)


def document_of(event: Event) -> Document:
    return Document(
        "gather.event", event.id, event.title, f"{plain(event.html)}\n{event.place}".strip(), event.made_at,
        audience_of(event.space), event.space_id, by_id=event.made_by_id,
    )  # fmt: skip
