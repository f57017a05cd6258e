"""What pages read, gathered in a fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Prefetch, Q

from stoa.base import cursors, ids
from stoa.base.actors import Actor
from stoa.moderation import policy
from stoa.moderation.comparing import compare
from stoa.moderation.deciders import involved_in, others_for
from stoa.moderation.models import Appeal, Case, Clause, Decision, GuidelineVersion, Norm, Report
from stoa.moderation.models.guideline import version_to_accept
from stoa.moderation.subjects import Snapshot, label_of, subject_of
from stoa.people.models import Person
from stoa.people.rights import held_by
from stoa.spaces.models import SpaceRestriction
from stoa.spaces.policy import may_restrict

PAGE = 30


def guidelines_page(actor: Actor, number: int | None = None) -> dict[str, Any]:
    """The version in force (or another one, beside the one before it), the norms, and whether one has to accept."""
    versions = list(GuidelineVersion.objects.visible_to(actor).published().order_by("-number"))
    shown = next((each for each in versions if number in (None, each.number)), None)
    before = next((each for each in versions if shown and each.number < shown.number), None)
    return {
        "version": shown,
        "is_current": bool(versions) and shown == versions[0],
        "versions": versions,
        "before": before,
        "clauses": list(shown.clauses.all()) if shown else [],
        "norms": list(Norm.objects.visible_to(actor).holding().filter(space=None)),
        "asked": version_to_accept(actor.person_id) if actor.is_member else None,
        "changes": compare(before, shown) if shown and number is not None else [],
    }


@dataclass(frozen=True)
class QueueRow:
    """A case in the queue."""

    case: Case
    what: str
    reports: int
    hours: float
    appeal: Appeal | None = None


def queue_page(actor: Actor, after: str) -> dict[str, Any]:
    """Open cases, heaviest first (harm × hours); the open appeals, oldest first; what was decided last."""
    known = Case.objects.visible_to(actor)
    waiting = sorted(_as_told(known.open().select_related("space"), actor), key=lambda case: (-case.weight, case.id))
    order = [case.id for case in waiting]
    start = order.index(number) + 1 if (number := ids.read(after)) in order else 0
    shown = order[start : start + PAGE]
    rows = {case.id: case for case in _as_told(_for_rows(known.filter(id__in=shown), actor), actor)}
    appeals = Appeal.objects.visible_to(actor).open().exclude(person_id=actor.person_id or 0)
    decided = _as_told(_for_rows(known.filter(state="decided"), actor).order_by("-decision__at", "-id")[:10], actor)
    return {
        "open": [_row(rows[number]) for number in shown if number in rows],
        "count": len(order),
        "after": ids.shown(shown[-1]) if len(order) > start + PAGE else "",
        "appeals": [
            _row(each.decision.case, each)
            for each in appeals.select_related("decision__case__space", "decision__case__author").order_by("at", "id")[
                :PAGE
            ]
        ],
        "decided": [_row(case) for case in decided],
    }


def _for_rows(cases: Any, actor: Actor) -> Any:
    said = Count("reports", filter=Q(reports__in=Report.objects.told_to(actor)))
    return cases.select_related("space", "author", "decision__clause").annotate(said=said)


def _as_told(cases: Iterable[Case], actor: Actor) -> list[Case]:
    """Cases (with their spaces), each with the harm of the reports that the actor may read. One query more where some were passed on."""
    found = list(cases)
    if partly := {case.id: case for case in found if not policy.tends_whole(actor, case)}:
        told = Report.objects.filter(case__in=partly, passed_on_at__isnull=False).values("case")
        for number, harm in told.annotate(harm=Max("clause__harm")).values_list("case", "harm"):
            partly[number].harm = harm
    return found


def _row(case: Case, appeal: Appeal | None = None) -> QueueRow:
    return QueueRow(case, case.title or label_of(case.subject_key), getattr(case, "said", 0), case.hours, appeal)


def case_page(case: Case, actor: Actor) -> dict[str, Any]:
    """One case with all that a decision should rest on."""
    involved = involved_in(case)
    _as_told([case], actor)
    subject = subject_of(case.subject_key)
    row = subject.find(case.subject_id) if subject else None
    decision = (
        Decision.objects.visible_to(actor)
        .filter(case=case)
        .select_related("clause__version", "by", "statement")
        .first()
    )
    appeal = (
        Appeal.objects.visible_to(actor).filter(decision=decision).select_related("ruling__by").first()
        if decision
        else None
    )
    if appeal is not None and decision is not None:
        appeal.decision = decision
        decision.case = case
    return {
        "case": case,
        "kind": label_of(case.subject_key),
        "reports": list(
            Report.objects.told_to(actor).filter(case=case).select_related("person", "clause").order_by("at", "id")
        ),
        "around": _around(case),
        "is_there": row is not None,
        "history": history_of(case, actor),
        "decision": decision,
        "appeal": appeal,
        "ruling": getattr(appeal, "ruling", None),
        "may_decide": policy.may_decide_case(actor, case, involved),
        **_may_restrict(case, actor),
        "restrictions": holding_within(case.author, actor) if case.author else [],
        "may_decide_appeal": bool(appeal and policy.may_decide_appeal(actor, appeal, involved)),
        "nobody_else": bool(appeal and not hasattr(appeal, "ruling") and not others_for(appeal)),
    }


def _may_restrict(case: Case, actor: Actor) -> dict[str, bool]:
    """How far a decision may restrict the author. One query."""
    if case.author is None:
        return {"may_suspend": False, "may_restrict": False}
    held = held_by(case.author.id)
    return {
        "may_suspend": policy.may_suspend_author(actor, held),
        "may_restrict": case.space is not None and may_restrict(actor, case.space, case.author.id, held),
    }


def holding_within(person: Person, actor: Actor) -> list[SpaceRestriction]:
    """In which spaces somebody is restricted, as far as it is this actor's to know. One query."""
    held = SpaceRestriction.objects.visible_to(actor).holding().filter(person=person)
    return list(held.select_related("space").order_by("-until", "-id"))


def _around(case: Case) -> list[Snapshot]:
    """What stands around it, while it stands where it was reported: moved elsewhere, others look after that."""
    subject = subject_of(case.subject_key)
    row = subject.find(case.subject_id) if subject else None
    if subject is None or row is None or subject.snapshot(row).space_id != case.space_id:
        return []
    return subject.around(row)


def history_of(case: Case, actor: Actor) -> dict[str, int]:
    """How earlier cases about the same author were decided, of those that one looks after."""
    if case.author_id is None:
        return {}
    earlier = Case.objects.visible_to(actor).filter(author_id=case.author_id).exclude(id=case.id)
    rows = earlier.filter(Q(decision__isnull=False)).values_list("decision__outcome").annotate(count=Count("id"))
    return {str(outcome): count for outcome, count in rows.order_by("decision__outcome")}


def reports_page(actor: Actor, before: str) -> dict[str, Any]:
    """One's own reports with what came of them, newest first."""
    rows = Report.objects.visible_to(actor).select_related(
        "clause", "case__space", "case__decision__clause", "case__decision__appeal__ruling"
    )
    found = cursors.page(rows, "at", before, size=PAGE)
    return {"reports": found.rows, "before": found.next}


def statement_page(decision: Decision, actor: Actor) -> dict[str, Any]:
    """The statement as its author reads it, with the way to object."""
    appeal = Appeal.objects.visible_to(actor).filter(decision=decision).select_related("ruling").first()
    if appeal is not None:
        appeal.decision = decision
    ruling = getattr(appeal, "ruling", None)
    return {
        "decision": decision,
        "said": decision.statement.content,
        "is_mine": decision.case.author_id == actor.person_id,
        "appeal": appeal,
        "ruling": ruling,
        "may_appeal": policy.may_appeal(actor, decision) and appeal is None and decision.restricts,
        "nobody_else": bool(appeal and ruling is None and not others_for(appeal)),
    }


def drafting_page(actor: Actor) -> dict[str, Any]:
    """The draft beside the version in force, and the norms."""
    current, draft = GuidelineVersion.objects.current(), GuidelineVersion.objects.visible_to(actor).draft()
    return {
        "current": current,
        "draft": draft,
        "clauses": list(Clause.objects.visible_to(actor).filter(version=draft)) if draft else [],
        "changes": [each for each in compare(current, draft) if each.kind != "same"] if draft else [],
        "norms": list(Norm.objects.visible_to(actor).holding().filter(space=None)),
    }


def case_rows(cases: Any, actor: Actor) -> list[tuple[Case, Clause | None]]:
    """Cases, each with the gravest clause that the reports which the actor may read name. Two queries, or three."""
    told = Report.objects.told_to(actor).select_related("clause")
    found = _as_told(cases.select_related("space").prefetch_related(Prefetch("reports", told)), actor)
    return [
        (case, max((each.clause for each in case.reports.all()), key=lambda clause: clause.harm, default=None))
        for case in found
    ]
