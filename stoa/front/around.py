"""What stands on both homes, read from the rooms that know it: the goal with its progress, the next event; and how we are here."""

from dataclasses import dataclass

from django.db.models import QuerySet

from stoa.base.actors import Actor
from stoa.base.standing_queries import standing
from stoa.community.gather.listing import Line, next_events
from stoa.community.gather.progress import GoalProgress, goal_progress
from stoa.moderation.models import Norm
from stoa.moderation.models.guideline import version_in_force
from stoa.moderation.transparency import last_month

NORMS = 3


@dataclass(frozen=True)
class Around:
    """The goal and the next event, where there are any."""

    goal: GoalProgress | None
    next: Line | None


def around(actor: Actor) -> Around:
    """Four queries."""
    return Around(goal_progress(), next(iter(next_events(actor, 1)), None))


@dataclass(frozen=True)
class How:
    """Norms with an example each, the guidelines' version ("" before there is one), and the last month in a sentence."""

    norms: list[tuple[str, str]]
    version: str
    month: str


def how_we_are(actor: Actor) -> How | None:
    """None while nothing is written down. Five queries."""
    rows = standing(norms_of_all, actor)
    norms = [(norm.said("text", actor.language), norm.said("example", actor.language)) for norm in rows]
    version = version_in_force()
    if not norms and version is None:
        return None
    return How(norms, str(version or ""), last_month(actor).sentence)


def norms_of_all(actor: Actor) -> QuerySet[Norm]:
    """The first norms of the whole place."""
    return Norm.objects.visible_to(actor).holding().filter(space=None)[:NORMS]
