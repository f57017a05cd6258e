"""The socket `people.door`: the ordered steps between signing up and being a member.

A room registers a `Step` in its `plugs.py`: moderation brings acceptance of the guidelines, spaces the placing, the bridge the origin.
Orders: taking over whom one was elsewhere 5, questions 10, acceptance 20, placing 30, origin 40.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.http import QueryDict

from stoa.base.actors import Actor
from stoa.base.requests import Request
from stoa.people.models import DoorPass, Person


class Take(Protocol):
    """What a step does with its form."""

    def __call__(self, person: Person, form: QueryDict, *, by: Actor) -> None: ...


@dataclass(frozen=True)
class Step:
    """`needed(person, actor)`: whether there is anything to ask of them. `draw(request, person)` gives the form's inside as markup
    (the page brings the form, the token and the button); `take(person, form, by=actor)` does it, or raises `Invalid`."""

    key: str
    order: int
    label: Callable[[], str]
    needed: Callable[[Person, Actor], bool]
    draw: Callable[[Request, Person], str]
    take: Take


@dataclass(frozen=True)
class Stage:
    """A step as one person sees it."""

    step: Step
    is_done: bool


_steps: dict[str, Step] = {}


def register(step: Step) -> None:
    _steps[step.key] = step


def all_steps() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: step.order)


def stages(person: Person, actor: Actor) -> list[Stage]:
    """The steps that concern this person, in order: taken already, or needed still."""
    taken = set(DoorPass.objects.filter(person=person).values_list("step", flat=True))
    return [Stage(step, step.key in taken) for step in all_steps() if step.key in taken or step.needed(person, actor)]


def next_step(person: Person, actor: Actor) -> Step | None:
    """What is asked next; None when the way is free."""
    return next((stage.step for stage in stages(person, actor) if not stage.is_done), None)
