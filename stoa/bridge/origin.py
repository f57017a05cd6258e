"""The door's step of origin: how somebody heard of us, if they like to say; a series of its own beside what links tell."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.bridge.actions import say_how
from stoa.people.door import Step
from stoa.people.models import Person


def is_needed(person: Person, actor: Actor) -> bool:
    """Asked of those who come to the door."""
    return person.standing == "pending"


def answers() -> list[tuple[str, str]]:
    return [
        ("friend", _("From somebody I know")),
        ("post", _("From a post")),
        ("search", _("By searching")),
        ("event", _("At an event")),
        ("press", _("From the press")),
        ("other", _("Otherwise")),
    ]


def draw(request: Request, person: Person) -> str:
    return piece(request, "bridge/origin.html", {"answers": answers()})


def take(person: Person, form: QueryDict, *, by: Actor) -> None:
    """Nothing has to be said."""
    if by.person_id == person.id:
        say_how(form.get("heard", ""), by=by)


STEP = Step("origin", 40, lambda: _("How you heard of us"), is_needed, draw, take)
