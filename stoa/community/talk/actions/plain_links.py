"""Taking the cards of one's own text away: its links stay, as plain ones."""

from stoa.base.actors import Actor
from stoa.base.text import without_cards
from stoa.community.talk.actions.replies import edit_reply
from stoa.community.talk.actions.topics import edit_topic
from stoa.community.talk.models import Reply, Topic


def take_cards_away(written: Topic | Reply, *, by: Actor) -> Topic | Reply:
    """A change of the text by its author like any other: a former version is kept, and whoever edits it may change it back."""
    source = without_cards(written.source)
    if isinstance(written, Topic):
        return edit_topic(written, title=written.title, source=source, by=by)
    return edit_reply(written, source=source, by=by)
