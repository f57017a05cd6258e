"""What the composer may begin with from this room: members' words under a usage right."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.models import File
from stoa.bridge.actions.uses import MATERIAL
from stoa.bridge.days import shown_day
from stoa.bridge.models import UsageRight
from stoa.bridge.policy import can_be_asked_for
from stoa.bridge.words import own_pictures
from stoa.social.publish.material import Kind, Material, Shown, register


def granted_words(actor: Actor, asked: str, limit: int) -> Iterable[Material]:
    """The newest first; `asked` looks in the words and in the topic's title."""
    rows = UsageRight.objects.visible_to(actor).granted().filter(until__gt=clock.now()).with_all().order_by("-id")
    found = [right for right in rows[: limit * 5] if is_usable(right) and is_about(right, asked)]
    return [as_material(right) for right in found[:limit]]


def granted_word(actor: Actor, number: int) -> Material | None:
    right = UsageRight.objects.visible_to(actor).granted().filter(id=number).with_all().first()
    return as_material(right) if right and right.is_valid(clock.now()) and is_usable(right) else None


def is_usable(right: UsageRight) -> bool:
    return right.is_as_agreed and can_be_asked_for(right.subject)


def is_about(right: UsageRight, asked: str) -> bool:
    return asked.casefold() in f"{right.topic.title} {right.words} {right.credit}".casefold()


def as_material(right: UsageRight) -> Material:
    return Material(
        key=MATERIAL, id=right.id, title=right.topic.title, text=right.words, credit=right.credit,
        target=target_of(right), language=right.subject.language, terms=terms_of(right),
        pictures=pictures_of(right), channels=frozenset(right.channels) if right.channels else None,
    )  # fmt: skip


def target_of(right: UsageRight) -> str:
    """Where a stranger can read it; else the door."""
    is_public = right.topic.space.visibility == "public"
    return right.subject.get_absolute_url() if is_public else reverse("account_signup")


def terms_of(right: UsageRight) -> str:
    """What the right allows, in a sentence."""
    what = _("the whole text") if right.is_whole else _("these passages")
    words = _("%(name)s allows %(what)s until %(until)s, with credit.")
    return words % {"name": right.author.name, "what": what, "until": shown_day(right.until)}


def pictures_of(right: UsageRight) -> tuple[Shown, ...]:
    if not right.pictures:
        return ()
    files = File.objects.filter(id__in=own_pictures(right.subject.html)).order_by("id")
    return tuple(Shown(file.id, file.alt) for file in files)


def register_material() -> None:
    """Called once by the room's plugs."""
    register(Kind(MATERIAL, lambda: _("Member stories"), granted_words, granted_word))
