"""This room's pieces on lower rooms' pages."""

from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.community.talk import policy
from stoa.community.talk.digest_words import rhythm_names
from stoa.community.talk.introducing import LATELY
from stoa.community.talk.listing import topics_page
from stoa.community.talk.models import Ritual, Topic, Welcome
from stoa.community.talk.models.digest import digest_of
from stoa.community.talk.planning import rhythm_words
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
        "shows_nearby": policy.may_be_near(actor, space),
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


@dataclass(frozen=True)
class RitualRow:
    """A ritual with its rhythm in words."""

    ritual: Ritual
    words: str


def draw_rituals_of_space(request: HttpRequest, space: Space) -> str:
    """What opens by itself there, for those who keep it."""
    actor = _actor(request)
    if not policy.may_keep_rituals(actor, space):
        return ""
    rows = Ritual.objects.visible_to(actor).living().filter(space=space).order_by("id")
    rituals = [RitualRow(each, rhythm_words(each)) for each in rows]
    return _draw(request, "talk/panel_rituals.html", {"rituals": rituals, "space": space})


def draw_topics_of_person(request: HttpRequest, person: Person) -> str:
    """What somebody opened, as far as the reader may see it."""
    rows = Topic.objects.visible_to(_actor(request)).filter(author=person).here().order_by("-id").for_lines()
    topics = list(rows[:6])
    return _draw(request, "talk/panel_person.html", {"topics": topics, "person": person}) if topics else ""


def draw_welcome_of_person(request: HttpRequest, person: Person) -> str:
    """By whom somebody was welcomed: for the team, who find here what else they can do, and for the person."""
    actor = _actor(request)
    is_team = policy.may_introduce(actor)
    if not is_team and actor.person_id != person.id:
        return ""
    welcomed = Welcome.objects.visible_to(actor).filter(newcomer=person).select_related("by").first()
    may_welcome = (
        is_team and welcomed is None and clock.now() - person.joined_at < LATELY and actor.person_id != person.id
    )
    values = {"person": person, "welcomed": welcomed, "is_team": is_team and actor.person_id != person.id}
    is_empty = welcomed is None and not values["is_team"]
    return "" if is_empty else _draw(request, "talk/panel_welcome.html", {**values, "may_welcome": may_welcome})


def _actor(request: HttpRequest) -> Actor:
    return cast(Request, request).actor


def _draw(request: HttpRequest, template: str, values: dict[str, object]) -> str:
    return piece(request, template, values)


def draw_digest(request: HttpRequest, actor: Actor) -> str:
    """How often the digest comes, and the way to it."""
    if not actor.is_member:
        return ""
    rhythm = dict(rhythm_names())[digest_of(actor).rhythm]
    return piece(request, "talk/panel_digest.html", {"rhythm": rhythm})
