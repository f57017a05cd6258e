"""This room's pieces on lower rooms' pages."""

from typing import cast

from django.http import HttpRequest

from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.community.talk import policy
from stoa.community.talk.digest_words import rhythm_names
from stoa.community.talk.listing import topics_page
from stoa.community.talk.models import Topic
from stoa.community.talk.models.digest import digest_of
from stoa.community.talk.unread import news_by_space
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.visibility import may_read


def draw_topics_of_space(request: HttpRequest, space: Space) -> str:
    """The latest topics of a space, for whoever may read it."""
    actor = _actor(request)
    if not may_read(actor, space):
        return ""
    page = topics_page(actor, "latest", space=space)
    values = {
        "page": page,
        "space": space,
        "next": page.next,
        "may_open": policy.may_open_topic(actor, space),
        "may_keep_place": policy.may_keep_place(actor),
    }
    return _draw(request, "talk/panel_space.html", values)


def draw_news_of_space(request: HttpRequest, space: Space) -> str:
    """In how many topics of a listed space there is something new: counted once for all of a page."""
    actor = _actor(request)
    if not actor.is_member:
        return ""
    kept = vars(request)
    if "talk_news_by_space" not in kept:
        kept["talk_news_by_space"] = news_by_space(actor)
    count = kept["talk_news_by_space"][space.id]
    return _draw(request, "talk/panel_news.html", {"space": space, "count": count}) if count else ""


def draw_topics_of_person(request: HttpRequest, person: Person) -> str:
    """What somebody opened, as far as the reader may see it."""
    rows = Topic.objects.visible_to(_actor(request)).filter(author=person).here().order_by("-id").for_lines()
    topics = list(rows[:6])
    return _draw(request, "talk/panel_person.html", {"topics": topics, "person": person}) if topics else ""


def _actor(request: HttpRequest) -> Actor:
    return cast(Request, request).actor


def _draw(request: HttpRequest, template: str, values: dict[str, object]) -> str:
    return piece(request, template, values)


def draw_digest(request: HttpRequest, actor: Actor) -> str:
    """How often the digest comes, and the way to it."""
    if not actor.is_member:
        return ""
    rhythm = dict(rhythm_names())[digest_of(actor).rhythm]
    return piece(request, "talk/panel_digest.html", {"rhythm": rhythm[:1].lower() + rhythm[1:]})
