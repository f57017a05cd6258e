"""What this room brings to lower rooms' sockets."""

from collections.abc import Collection, Mapping

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import search, text, things
from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.base.text import Quoted, QuoteMark, excerpt, plain
from stoa.community.talk import answering, newcomers, options, rights  # noqa: F401  (options, rights, and where mail is answered)
from stoa.community.talk.badge_drawing import draw_badges_of_person
from stoa.community.talk.badge_telling import register_badges
from stoa.community.talk.direct_moderating import register_direct_subject
from stoa.community.talk.direct_noticing import register_direct_notices
from stoa.community.talk.direct_plugs import register_direct_things
from stoa.community.talk.drawing import (
    draw_digest,
    draw_news_of_space,
    draw_rituals_of_space,
    draw_topics_of_person,
    draw_topics_of_space,
    draw_welcome_of_person,
)
from stoa.community.talk.keeping import KEEPING
from stoa.community.talk.models import (
    PlannedTopic,
    Reply,
    Ritual,
    SavedSearch,
    Topic,
    visible_planned_topics,
    visible_replies,
    visible_rituals,
    visible_saved_searches,
    visible_topics,
)
from stoa.community.talk.moderating import register_subjects
from stoa.community.talk.noticing import register_notices
from stoa.community.talk.waiting import register_waiting
from stoa.people import keeping
from stoa.people.models import Person
from stoa.spaces.models import Space


def topic_card(topic: Topic) -> things.Card:
    return things.Card(
        topic.title, topic.get_absolute_url(), _("Topic"), excerpt(topic.html, 160), topic.author.name, topic.opened_at,
        topic.author_id, is_open=topic.space.is_open_to_bystanders,
    )  # fmt: skip


def reply_card(reply: Reply) -> things.Card:
    title = reply.topic.title
    return things.Card(
        title, reply.get_absolute_url(), _("Reply"), excerpt(reply.html, 160), reply.author.name, reply.added_at,
        reply.author_id, is_open=reply.topic.space.is_open_to_bystanders,
    )  # fmt: skip


def saved_search_card(kept: SavedSearch) -> things.Card:
    return things.Card(
        kept.words or _("your saved search"), kept.get_absolute_url(), _("Saved search"), at=kept.found_at
    )


def planned_topic_card(planned: PlannedTopic) -> things.Card:
    return things.Card(planned.title, planned.get_absolute_url(), _("Planned topic"), at=planned.at)


def ritual_card(ritual: Ritual) -> things.Card:
    return things.Card(ritual.title, ritual.get_absolute_url(), _("Ritual"))


def quotes(marks: Collection[QuoteMark], actor: Actor) -> Mapping[QuoteMark, Quoted]:
    """The words of quoted replies that this actor may see and that are here, but of people whom they chose not to read."""
    found = visible_replies(actor, {mark.reply_id for mark in marks}).exclude(author__in=actor.blocked)
    rows = {row.id: row for row in found if row.is_here}
    return {
        mark: Quoted(plain(row.html)[mark.start : mark.end], row.author.name, row.get_absolute_url())
        for mark in marks
        if (row := rows.get(mark.reply_id))
    }


things.register(things.Thing("talk.topic", visible_topics, topic_card, "topics", stands=True))
things.register(things.Thing("talk.saved_search", visible_saved_searches, saved_search_card))
things.register(things.Thing("talk.planned_topic", visible_planned_topics, planned_topic_card))
things.register(things.Thing("talk.ritual", visible_rituals, ritual_card))
things.register(things.Thing("talk.reply", visible_replies, reply_card, "replies", stands=True))
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
register_badges()
register_waiting()
register_subjects()
register_direct_things()
register_direct_notices()
register_direct_subject()


@panel("spaces.space.content", queries=3)
def topics_of_space(request: HttpRequest, space: Space) -> str:
    return draw_topics_of_space(request, space)


@panel("spaces.space.row", queries=1)
def news_of_space(request: HttpRequest, space: Space) -> str:
    return draw_news_of_space(request, space)


@panel("people.person.content", queries=2)
def topics_of_person(request: HttpRequest, person: Person) -> str:
    return draw_topics_of_person(request, person)


@panel("people.person.content", queries=5, order=50)
def badges_of_person(request: HttpRequest, person: Person) -> str:
    return draw_badges_of_person(request, person)


@panel("people.person.header", queries=1)
def welcome_of_person(request: HttpRequest, person: Person) -> str:
    return draw_welcome_of_person(request, person)


@panel("people.desk.member", queries=0)
def trust_of_member(request: HttpRequest, person: Person) -> str:
    return piece(request, "talk/panel_trust.html", {"person": person})


@panel("people.notices.wishes", queries=1)
def digest_of_reader(request: HttpRequest, actor: Actor) -> str:
    return draw_digest(request, actor)


@panel("spaces.manage.content", queries=1)
def rituals_of_space(request: HttpRequest, space: Space) -> str:
    return draw_rituals_of_space(request, space)
