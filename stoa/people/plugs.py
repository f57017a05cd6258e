"""What this room brings: how an Actor is loaded, the person as a thing, its rights."""

from collections.abc import Collection

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import actors, text, things
from stoa.base.actors import Actor
from stoa.base.live import may_hear
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.people import door, fields, keeping, notices, rights
from stoa.people.actions.bookmarks import REMINDER
from stoa.people.actions.leaving import KEEPING
from stoa.people.claiming import STEP as CLAIM
from stoa.people.loading import LOADER
from stoa.people.models import Person, ProfileField
from stoa.people.naming import mentioned, names_of
from stoa.people.notices import NoticeKind
from stoa.people.questions import STEP
from stoa.people.reading import count_unread
from stoa.people.subscribers import ASKED

actors.plug(LOADER)
keeping.register(KEEPING)
door.register(CLAIM)
door.register(STEP)
door.register(fields.STEP)


def visible_people(actor: Actor, numbers: Collection[int]) -> QuerySet[Person]:
    return Person.objects.visible_to(actor).filter(id__in=numbers)


def person_card(person: Person) -> things.Card:
    return things.Card(person.name, person.address, _("Person"), person.helps_with, is_open=True)


things.register(things.Thing("people.person", visible_people, person_card, "people"))


def visible_fields(actor: Actor, numbers: Collection[int]) -> QuerySet[ProfileField]:
    return ProfileField.objects.visible_to(actor).asked().filter(id__in=numbers)


def field_card(field: ProfileField) -> things.Card:
    return things.Card(title=field.label, address="/profile/questions/", label=_("Profile"))


things.register(things.Thing("people.field", visible_fields, field_card))


@may_hear("people.person")
def is_oneself(actor: Actor, number: int) -> bool:
    """What happens to somebody (a role, a suspension, whom they block) is theirs to hear, and nobody else's."""
    return actor.person_id == number


def remembered(count: int, name: str, card: things.Card) -> str:
    return _("You wanted to come back to “%(title)s”") % {"title": card.title}


notices.register(
    NoticeKind(
        REMINDER, lambda: _("Your reminders"), remembered, lambda: _("Read it now, or choose another time."),
        mail="at_once", push="at_once", always_told=True,
    )
)  # fmt: skip


def asked_of_you(count: int, name: str, card: things.Card) -> str:
    return _("Everyone here is asked: %(what)s") % {"what": card.title}


notices.register(
    NoticeKind(
        ASKED, lambda: _("What everyone is asked"), asked_of_you, lambda: _("Answer it, or put it off for good.")
    )
)

text.plug_people(resolve=mentioned, names=names_of)

MANAGER = "community_manager"
rights.register("people.see_desk", lambda: _("See the members' page of the desk"), MANAGER, "moderator")
rights.register("people.suspend", lambda: _("Suspend and reinstate people"), "moderator")
rights.register("people.set_purpose", lambda: _("Change the purpose"), MANAGER)
rights.register("people.edit_door", lambda: _("Change what is asked at the door"), MANAGER)
rights.register("people.edit_fields", lambda: _("Change what people are asked about themselves"), MANAGER)
rights.register(
    "people.link_elsewhere", lambda: _("put links on your profile"),
    MANAGER, "moderator", "social_media_manager", "lead", "operator", from_level=1,
)  # fmt: skip
rights.register("people.set_level", lambda: _("Set a trust level by hand"), MANAGER, "moderator")
rights.register("base.change_options", lambda: _("Change how this place works"), "operator")
rights.register(
    "base.tend_cards", lambda: _("Take link cards away and bar hosts from having any"), MANAGER, "moderator"
)
rights.register("people.erase", lambda: _("Erase somebody who asks for it"), "operator")


@panel("base.head", queries=1)
def bell(request: HttpRequest, actor: Actor) -> str:
    """The way to the notices, with how many are unread."""
    if not actor.person_id:
        return ""
    return piece(request, "people/bell.html", {"count": count_unread(actor, actor.told_of)})
