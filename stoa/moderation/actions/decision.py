"""Deciding a case: the decision, its statement and what it changes, in one transaction."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.moderation.actions.restriction import restrict
from stoa.moderation.deciders import involved_in
from stoa.moderation.facts import CaseDecided, Outcome
from stoa.moderation.models import Case, Clause, Decision, Statement
from stoa.moderation.policy import may_decide_case, may_hide_at, may_suspend_author
from stoa.moderation.statements import content_of
from stoa.moderation.subjects import subject_of
from stoa.people.rights import held_by
from stoa.spaces.actions.restriction import check_restriction
from stoa.spaces.models import Space


@dataclass(frozen=True)
class Verdict:
    """What a moderator chose. `hides`: also out of sight, where the outcome is to warn or to restrict; `until` only for restricting."""

    outcome: Outcome
    clause: Clause
    reasons: str
    relied_on: str = ""
    hides: bool = False
    until: datetime | None = None

    @property
    def takes_away(self) -> bool:
        """Whether the thing goes out of sight."""
        return self.outcome is Outcome.HIDE or (self.hides and self.outcome is not Outcome.KEEP)

    def drafted(self, case: Case, *, by: Actor, hid: bool | None = None) -> Decision:
        """The decision as it would be written; what it would hide counts as hidden until it is known."""
        return Decision(
            case=case, outcome=self.outcome.value, clause=self.clause, reasons=self.reasons.strip(),
            relied_on=self.relied_on.strip(), until=self.until, by_id=by.own_id, hid=self.takes_away if hid is None else hid,
        )  # fmt: skip


def decide_case(case: Case, verdict: Verdict, *, by: Actor) -> Decision:
    """Decides once and for all; only an appeal can undo it."""
    with transaction.atomic():
        case = Case.objects.select_for_update().get(id=case.id)
        check_verdict(case, verdict, by=by)
        decision = verdict.drafted(case, by=by, hid=verdict.takes_away and _hide(case, by))
        decision.save(force_insert=True)
        Statement.objects.create(decision=decision, content=content_of(decision, reports=case.reports.count()))
        if decision.until and case.author:
            restrict(case.author, decision, by=by)
        case.state = "decided"
        case.save(update_fields=["state"])
        announce(CaseDecided(case.id, decision.id, verdict.clause.id, verdict.outcome, case.space_id), by=by)
    return decision


def check_verdict(case: Case, verdict: Verdict, *, by: Actor) -> None:
    """Refuses what may not or cannot be decided, before anything is written."""
    if not may_decide_case(by, case, involved_in(case)):
        if case.state != "open":
            raise NotPossible(_("This case is decided already."))
        raise NotAllowed(
            _("You cannot decide this case."), _("Whoever wrote or reported it leaves it to somebody else.")
        )
    if not verdict.reasons.strip():
        raise Invalid(_("Give your reasons: the author reads them."), field="reasons")
    if verdict.outcome.lasts != (verdict.until is not None):
        raise Invalid(_("A restriction needs an end, and nothing else has one."), field="until")
    if verdict.takes_away and not may_hide_at(by, case, space_now(case)):
        raise NotPossible(
            _("It stands elsewhere now, where others decide what is hidden."),
            _("Keep it, or warn or restrict its author without hiding it."),
        )
    if verdict.until is not None:
        _check_restriction(case, verdict.outcome, verdict.until, by)


def space_now(case: Case) -> Space | None:
    """The space where the thing stands at this moment; None where it stands in none or is gone."""
    subject = subject_of(case.subject_key)
    row = subject.find(case.subject_id) if subject else None
    number = subject.snapshot(row).space_id if subject and row is not None else None
    return Space.objects.filter(id=number or 0).first()


def _check_restriction(case: Case, outcome: Outcome, until: datetime, by: Actor) -> None:
    """Suspending is for the site's moderators; a space's own restrict in the space of the case, and nowhere else."""
    if case.author is None or case.author.standing not in ("member", "suspended"):
        raise NotPossible(_("Its author is not a member here."))
    if outcome is Outcome.SUSPEND and not may_suspend_author(by, held_by(case.author.id)):
        raise NotAllowed(
            _("You may not suspend this person."), _("Hide it or warn the author, or ask a moderator of the site.")
        )
    if until <= clock.now():
        raise Invalid(_("A restriction ends in the future."), field="until")
    if outcome.is_within:
        if case.space is None:
            raise NotPossible(_("This case is of no space."), _("Warn the author, or suspend them."))
        check_restriction(case.author, case.space, until, by=by)


def _hide(case: Case, by: Actor) -> bool:
    subject = subject_of(case.subject_key)
    row = subject.find(case.subject_id) if subject else None
    return bool(subject and row is not None and subject.hide(row, by=by))
