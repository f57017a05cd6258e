"""Touches: by which link somebody joined, and through which they came since."""

from datetime import timedelta

from django.db import transaction

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.facts import announce
from stoa.bridge.facts import TouchKept
from stoa.bridge.models import HeardOf, Touch
from stoa.bridge.models.touch import SAID
from stoa.people.models import SignUp
from stoa.social.publish.models import Link

APART = timedelta(hours=1)


def keep_join(sign_up: SignUp, *, by: Actor) -> Touch | None:
    """The link that their form carried; None when it carried none of ours. May run twice."""
    link = Link.objects.filter(code=sign_up.via).first() if sign_up.via else None
    if link is None or Touch.objects.filter(person=sign_up.person_id, kind="join").exists():
        return None
    with transaction.atomic():
        touch = Touch.objects.create(link=link, person_id=sign_up.person_id, kind="join", at=sign_up.at)
        announce(TouchKept(touch.id, link.id, sign_up.person_id, join=True), by=by)
    return touch


def keep_click(link: Link, *, by: Actor) -> Touch | None:
    """A member's visit through a link, by account: once an hour for the same link."""
    if by.person_id is None:
        return None
    with transaction.atomic():
        Link.objects.select_for_update().get(id=link.id)
        if Touch.objects.filter(link=link, person=by.person_id, at__gt=clock.now() - APART).exists():
            return None
        touch = Touch.objects.create(link=link, person_id=by.person_id, kind="click")
        announce(TouchKept(touch.id, link.id, by.person_id, join=False), by=by)
    return touch


def say_how(answer: str, *, by: Actor) -> None:
    """What they say themselves; nothing else than the offered answers is kept."""
    if by.person_id and answer in SAID:
        HeardOf.objects.update_or_create(person_id=by.person_id, defaults={"answer": answer})


def hand_touches_on(was: int, person: int) -> None:
    """What links brought to the empty row of a sign-up is that of the person whom it took over."""
    touches = Touch.objects.filter(person=was)
    if Touch.objects.filter(person=person, kind="join").exists():
        touches = touches.exclude(kind="join")
    touches.update(person=person)
