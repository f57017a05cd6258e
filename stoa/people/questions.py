"""The door's first step: what we ask those who join."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.people.actions.joining import answer_door
from stoa.people.desk import questions
from stoa.people.door import Step
from stoa.people.models import DoorQuestion, Person


def is_needed(person: Person, actor: Actor) -> bool:
    return DoorQuestion.objects.filter(retired_at=None).exists()


def draw(request: Request, person: Person) -> str:
    """A field per question, with what was typed."""
    asked = questions(request.actor)
    values = {"asked": asked, "typed": request.POST}
    return piece(request, "people/questions.html", values)


def take(person: Person, form: QueryDict, *, by: Actor) -> None:
    answers = {each.id: str(form.get(f"question-{each.shown_id}", "")) for each, _label, _hint in questions(by)}
    answer_door(person, answers, by=by)


STEP = Step("questions", 10, lambda: _("What we ask"), is_needed, draw, take)
