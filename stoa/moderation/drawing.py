"""Pieces on the pages of other rooms: the way to report a thing, a norm beside the writing box, what restricts somebody."""

from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.template import engines

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.addresses import address
from stoa.base.pages import piece
from stoa.base.standing_queries import standing
from stoa.base.things import Reference
from stoa.moderation.models import Decision, Norm
from stoa.moderation.models.guideline import version_to_accept
from stoa.moderation.policy import may_appeal, may_report
from stoa.moderation.reading import holding_within
from stoa.people.models import Person
from stoa.spaces.models import Space


def draw_report(request: HttpRequest, thing: Reference, author_id: int | None) -> str:
    """The way to the report form; nothing for the author and for who may not report. No query."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if not may_report(actor) or actor.person_id == author_id:
        return ""
    return report_button(*thing)


def report_button(key: str, number: int) -> str:
    """The button alone: a page has one under every reply."""
    engine: Any = engines["jinja"]
    holes = ReportHoles(address("moderation:report", subject_key=key, subject_id=number))
    drawn: str = engine.env.globals["filled"]("moderation/report_button.html", "report_button", (), holes)
    return drawn


class ReportHoles(NamedTuple):
    """Where the button leads."""

    address: str


def draw_norm(request: HttpRequest, space: Space) -> str:
    """The space's own norm, else one of the site's, another one each day; or the version that waits to be accepted. Two queries."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    known = list(standing(norms_for, actor, space_id=space.id))
    norms = [norm for norm in known if norm.space_id] or known
    values = {
        "asked": version_to_accept(actor.person_id),
        "norm": norms[clock.now().toordinal() % len(norms)] if norms else None,
    }
    return _page("moderation/norms.html", values, request)


def norms_for(actor: Actor, space_id: int) -> QuerySet[Norm]:
    return Norm.objects.visible_to(actor).holding().filter(Q(space_id=space_id) | Q(space=None))


def draw_restriction(request: HttpRequest, space: Space) -> str:
    """Why somebody may not write in this space, and how to appeal. One query, none for who is not restricted there."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if space.scope not in actor.restricted:
        return ""
    own = Decision.objects.visible_to(actor).filter(
        case__author_id=actor.own_id, restriction__within__space_id=space.id
    )
    holding = own.filter(restriction__ended_at=None, restriction__ends_at__gt=clock.now())
    decision = holding.select_related("clause", "case", "appeal").order_by("-until", "-id").first()
    if decision is None:
        return ""
    can = may_appeal(actor, decision) and not hasattr(decision, "appeal") and clock.now() < decision.appeal_until
    return _page("moderation/restricted.html", {"decision": decision, "may_appeal": can}, request)


def draw_standing(request: HttpRequest, person: Person) -> str:
    """In which spaces a person is restricted: for themselves, and for who restricts people there. One query, none for others."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    looks_after = any("spaces.restrict" in held for held in actor.rights.values())
    if not actor.is_member or not (looks_after or (actor.person_id == person.id and actor.restricted)):
        return ""
    found = holding_within(person, actor)
    return _page("moderation/standing.html", {"restrictions": found}, request) if found else ""


def _page(name: str, values: dict[str, Any], request: HttpRequest) -> str:
    return piece(request, name, values)
