"""The door's first step, for those whose address was known before they came: whether they are that person."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.people.actions.claiming import STEP as KEY
from stoa.people.actions.claiming import decline_claim, take_over
from stoa.people.claims import awaited
from stoa.people.door import Step
from stoa.people.models import Person


def is_needed(person: Person, actor: Actor) -> bool:
    return awaited(person) is not None


def draw(request: Request, person: Person) -> str:
    return piece(request, "people/claiming.html", {"old": awaited(person), "answer": request.POST.get("is_me", "")})


def take(person: Person, form: QueryDict, *, by: Actor) -> None:
    answer = form.get("is_me")
    if answer not in ("yes", "no"):
        raise Invalid(_("Say whether this is you."), field="is_me")
    if answer == "yes":
        take_over(person, by=by)
    else:
        decline_claim(person, by=by)


STEP = Step(KEY, 5, lambda: _("You were known before"), is_needed, draw, take)
