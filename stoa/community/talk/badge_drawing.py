"""Badges on a profile."""

from django.http import HttpRequest

from stoa.base.pages import piece
from stoa.community.talk import policy
from stoa.community.talk.badge_reading import badges_of
from stoa.people.models import Person


def draw_badges_of_person(request: HttpRequest, person: Person) -> str:
    """What they are for stands beside each; nothing where there is none to see and none to give."""
    actor = request.actor  # type: ignore[attr-defined]
    badges = badges_of(person, actor)
    may_give = policy.may_badge_somewhere(actor) and person.id != actor.person_id and person.standing == "member"
    if not badges and not may_give:
        return ""
    values = {"person": person, "badges": badges, "may_give": may_give, "is_me": person.id == actor.person_id}
    return piece(request, "talk/panel_badges.html", values)
