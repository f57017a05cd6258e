"""What this room brings to lower rooms' sockets."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import search, text, things
from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.base.text import Quoted, QuoteMark, excerpt, plain
from stoa.community.talk import options, rights  # noqa: F401  (registers this room's options and rights)
from stoa.community.talk.drawing import draw_news_of_space, draw_topics_of_person, draw_topics_of_space
from stoa.community.talk.keeping import KEEPING
from stoa.community.talk.models import (
    Reply,
    SavedSearch,
    Topic,
    visible_replies,
    visible_saved_searches,
    visible_topics,
)
from stoa.community.talk.moderating import register_subjects
from stoa.community.talk.noticing import register_notices
from stoa.people import keeping
from stoa.people.models import Person
from stoa.spaces.models import Space


def topic_card(topic: Topic) -> things.Card:
    return things.Card(
        topic.title,
        topic.get_absolute_url(),
        _("Topic"),
        excerpt(topic.html, 160),
        topic.author.name,
        topic.opened_at,
        topic.author_id,
    )


def reply_card(reply: Reply) -> things.Card:
    title = reply.topic.title
    return things.Card(
        title,
        reply.get_absolute_url(),
        _("Reply"),
        excerpt(reply.html, 160),
        reply.author.name,
        reply.added_at,
        reply.author_id,
    )


def saved_search_card(kept: SavedSearch) -> things.Card:
    return things.Card(
        kept.words or _("your saved search"), kept.get_absolute_url(), _("Saved search"), at=kept.found_at
    )


def quotes(marks: Collection[QuoteMark], actor: Actor) -> Mapping[QuoteMark, Quoted]:
    """The words of quoted replies that this actor may see and that are here, but of people whom they chose not to read."""
    found = visible_replies(actor, {mark.reply_id for mark in marks}).exclude(author__in=actor.blocked)
    rows = {row.id: row for row in found if row.is_here}
    return {
        mark: Quoted(plain(row.html)[mark.start : mark.end], row.author.name, row.get_absolute_url())
        for mark in marks
        if (row := rows.get(mark.reply_id))
    }


things.register(things.Thing("talk.topic", visible_topics, topic_card, "topics"))
things.register(things.Thing("talk.saved_search", visible_saved_searches, saved_search_card))
things.register(things.Thing("talk.reply", visible_replies, reply_card, "replies"))
search.offer(search.Kind("topics", lambda: _("Topics"), ("talk.topic",), order=10))
search.offer(search.Kind("questions", lambda: _("Questions"), ("talk.topic",), ("kind:question",), order=20))
search.offer(search.Kind("ideas", lambda: _("Ideas"), ("talk.topic",), ("kind:idea",), order=22))
search.offer(search.Kind("polls", lambda: _("Polls"), ("talk.topic",), ("kind:poll",), order=24))
search.offer(
    search.Kind("announcements", lambda: _("Announcements"), ("talk.topic",), ("kind:announcement",), order=26)
)
search.offer(search.Kind("replies", lambda: _("Replies"), ("talk.reply",), order=30))
text.plug_quotes(quotes)
keeping.register(KEEPING)
register_notices()
register_subjects()


@panel("spaces.space.content", queries=3)
def topics_of_space(request: HttpRequest, space: Space) -> str:
    return draw_topics_of_space(request, space)


@panel("spaces.space.row", queries=1)
def news_of_space(request: HttpRequest, space: Space) -> str:
    return draw_news_of_space(request, space)


@panel("people.person.content", queries=2)
def topics_of_person(request: HttpRequest, person: Person) -> str:
    return draw_topics_of_person(request, person)
