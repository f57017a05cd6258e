"""What follows from facts: moderators are told of cases, authors get their statement, reporters the outcome, members a new version."""

from stoa.base.actors import system
from stoa.base.facts import Told, hears
from stoa.moderation.deciders import deciders_of, involved_in, others_for
from stoa.moderation.facts import (
    AppealDecided,
    AppealFiled,
    CaseDecided,
    CaseEscalated,
    CaseOpened,
    GuidelinesPublished,
    Outcome,
    ReportMade,
)
from stoa.moderation.models import Appeal, Case, Clause, Decision, Report
from stoa.moderation.models.case import GRAVE
from stoa.moderation.noticing import HARM
from stoa.people.actions.notice import tell
from stoa.people.models import Person

US = system("moderation")


@hears(CaseOpened, CaseEscalated, name="moderation.tell_deciders")
def tell_deciders(told: Told[CaseOpened]) -> None:
    """Of a case of harm they are told by its report, at once."""
    case = Case.objects.select_related("space").filter(id=told.fact.case, state="open").first()
    if case is not None and (case.harm < GRAVE or isinstance(told.fact, CaseEscalated)):
        kind = HARM if case.harm >= GRAVE else "moderation.case"
        tell(deciders_of(case, besides=involved_in(case)), kind, ("moderation.case", case.id), by=US)


@hears(ReportMade, name="moderation.tell_of_harm")
def tell_of_harm(told: Told[ReportMade]) -> None:
    """A report by a clause whose harm is grave, also where the case was opened by another clause."""
    is_grave = Clause.objects.filter(id=told.fact.clause, harm__gte=GRAVE).exists()
    case = Case.objects.select_related("space").filter(id=told.fact.case, state="open").first()
    if case is not None and is_grave:
        tell(deciders_of(case, besides=involved_in(case)), HARM, ("moderation.case", case.id), by=US)


@hears(CaseDecided, name="moderation.tell_outcome")
def tell_outcome(told: Told[CaseDecided]) -> None:
    """A thing that was kept is no news to its author: nothing happened to them."""
    decision = Decision.objects.select_related("case").get(id=told.fact.decision)
    if told.fact.outcome is not Outcome.KEEP and decision.case.author_id:
        tell([decision.case.author_id], "moderation.statement", ("moderation.statement", decision.id), by=US)
    _tell_reporters(decision.case_id)


def _tell_reporters(case_id: int) -> None:
    for report in Report.objects.filter(case_id=case_id):
        tell([report.person_id], "moderation.outcome", ("moderation.report", report.id), by=US)


@hears(AppealFiled, name="moderation.tell_others")
def tell_others(told: Told[AppealFiled]) -> None:
    appeal = Appeal.objects.select_related("decision__case__space").get(id=told.fact.appeal)
    tell(others_for(appeal), "moderation.appeal", ("moderation.case", told.fact.case), by=US)


@hears(AppealDecided, name="moderation.tell_appellant")
def tell_appellant(told: Told[AppealDecided]) -> None:
    appeal = Appeal.objects.get(id=told.fact.appeal)
    tell([appeal.person_id], "moderation.appeal_decided", ("moderation.statement", appeal.decision_id), by=US)
    if told.fact.upheld:
        _tell_reporters(told.fact.case)


@hears(GuidelinesPublished, name="moderation.ask_acceptance")
def ask_acceptance(told: Told[GuidelinesPublished]) -> None:
    """At their next visit members find the new version among their notices, and beside the writing box."""
    members = Person.objects.members().values_list("id", flat=True)
    tell(list(members), "moderation.guidelines", ("moderation.guidelines", told.fact.guidelines), by=US)
