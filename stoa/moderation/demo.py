"""The demo's judging: four versions of the guidelines, the norms, who accepted what, and the year's cases with their appeals.

What was reported are replies that the room of talk writes: it finds the id that each is to have under ("reply", the case's key), and
whether it is hidden by `is_hidden`.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from stoa.base import ids
from stoa.base.demo import Story
from stoa.base.facts import Past, announce_past
from stoa.demo_guild import steering
from stoa.demo_guild.rows import Case as Told
from stoa.moderation.facts import (
    AppealDecided,
    AppealFiled,
    CaseDecided,
    CaseOpened,
    GuidelinesAccepted,
    GuidelinesPublished,
    Outcome,
    ReportMade,
    RestrictionEnded,
)
from stoa.moderation.models import (
    Acceptance,
    Appeal,
    AppealDecision,
    Case,
    Clause,
    Decision,
    GuidelineVersion,
    Norm,
    Report,
    Restriction,
    Statement,
)
from stoa.moderation.statements import content_of
from stoa.people.models import DoorPass, Person
from stoa.spaces.models import SpaceRestriction

HARMS = {"1.2": 3, "1.3": 3, "2.1": 4, "2.2": 5, "2.3": 5}
OUTCOMES = {each.value: each for each in Outcome} | {"remove": Outcome.HIDE}
SLOW = 9  # one member in so many has not accepted the newest version yet


def fill(story: Story) -> None:
    """Guidelines first, then who accepted them, then the cases."""
    versions = _guidelines(story)
    announce_past([*_acceptances(story, versions), *_published(story, versions)])
    told: list[Past] = []
    for case in steering.cases(story.seed, story.now.date()):
        told += _case(story, case, versions)
    announce_past(told)


def is_hidden(told: Told) -> bool:
    """Whether what was reported is out of sight today."""
    upheld = told.appeal is not None and told.appeal.outcome == "upheld"
    return OUTCOMES.get(told.outcome) not in (None, Outcome.KEEP) and not upheld


def _guidelines(story: Story) -> list[GuidelineVersion]:
    rows, clauses = [], []
    for each in steering.guidelines():
        with story.at(story.now + timedelta(days=each.day)):
            row = GuidelineVersion(
                number=each.version, summary=each.changed, published_at=story.now + timedelta(days=each.day)
            )
            rows.append(row)
            for title, chapter in each.chapters:
                for clause in chapter:
                    part, item = (int(number) for number in clause.number.split("."))
                    clauses.append(
                        Clause(
                            version=row, part=part, item=item, title=title, text=clause.text, why=clause.why,
                            harm=HARMS.get(clause.number, 2),
                        )
                    )  # fmt: skip
    GuidelineVersion.objects.bulk_create(rows)
    Clause.objects.bulk_create(clauses)
    norms = [Norm(text=each.title, example=each.example, order=at) for at, each in enumerate(steering.norms())]
    Norm.objects.bulk_create(norms)
    return rows


def _published(story: Story, versions: list[GuidelineVersion]) -> Iterator[Past]:
    for row in versions:
        if row.published_at:
            yield Past(GuidelinesPublished(row.id, row.number), row.published_at)


def _acceptances(story: Story, versions: list[GuidelineVersion]) -> list[Past]:
    """Everybody accepted what held when they joined; most of them what came since, within three weeks."""
    rows, passes, told = [], [], []
    dice = story.dice("accepting")
    for number, joined in Person.objects.members().order_by("id").values_list("id", "joined_at"):
        with story.at(joined):
            passes.append(DoorPass(person_id=number, step="acceptance"))
        before = [row for row in versions if row.published_at and row.published_at <= joined][-1:]
        later = [row for row in versions if row.published_at and row.published_at > joined]
        for row in [*before, *later]:
            at = joined if row in before else (row.published_at or joined) + timedelta(minutes=dice.randint(9, 30000))
            if (row in later and dice.randrange(SLOW) == 0) or at > story.now:
                continue
            with story.at(at):
                rows.append(Acceptance(person_id=number, version=row))
            told.append(Past(GuidelinesAccepted(number, row.id, row.number), at, number))
    Acceptance.objects.bulk_create(rows, batch_size=2000)
    DoorPass.objects.bulk_create(passes, batch_size=2000)
    return told


def _case(story: Story, told: Told, versions: list[GuidelineVersion]) -> Iterator[Past]:
    at = story.ago(told.offset)
    version = [row for row in versions if row.published_at and row.published_at <= at][-1:] or versions[:1]
    part, item = (int(number) for number in told.clause.split("."))
    clause = Clause.objects.filter(version=version[0], part=part, item=item).first() or Clause.objects.filter(
        part=part, item=item
    ).latest("version__number")
    with story.at(at - timedelta(hours=1)):
        reply = ids.new()
    story.remember("reply", told.key, reply)
    author, reporter = story.id_of("person", told.author), story.id_of("person", told.reporter)
    with story.at(at):
        case = Case.objects.create(
            subject_key="talk.reply", subject_id=reply, space_id=story.id_of("space", told.space), author_id=author,
            state="decided" if told.decided_by else "open", harm=clause.harm, text=told.subject,
            written_at=at - timedelta(hours=1),
        )  # fmt: skip
        report = Report.objects.create(case=case, person_id=reporter, clause=clause, words=told.report)
    story.remember("case", told.key, case.id)
    yield Past(CaseOpened(case.id, case.space_id, case.harm), at, reporter)
    yield Past(ReportMade(report.id, case.id, clause.id), at, reporter)
    if told.decided_by:
        yield from _decision(story, told, case, clause)


def _decision(story: Story, told: Told, case: Case, clause: Clause) -> Iterator[Past]:
    at, outcome = story.ago(told.offset + told.decided_after), OUTCOMES[told.outcome]
    by = story.id_of("person", told.decided_by)
    until = at + timedelta(days=told.days or 7) if outcome.lasts else None
    with story.at(at):
        decision = Decision.objects.create(
            case=case, outcome=outcome.value, clause=clause, reasons=told.reasons, relied_on=told.subject, until=until,
            hid=outcome is not Outcome.KEEP, by_id=by,
        )  # fmt: skip
        Statement.objects.create(decision=decision, content=content_of(decision, reports=1))
    yield Past(CaseDecided(case.id, decision.id, clause.id, outcome, case.space_id), at, by)
    upheld_at = None
    if told.appeal is not None:
        upheld_at = story.ago(told.offset + told.appeal.decided_after) if told.appeal.outcome == "upheld" else None
        yield from _appeal(story, told, decision)
    if until is not None:
        yield from _restriction(story, decision, until, upheld_at)


def _appeal(story: Story, told: Told, decision: Decision) -> Iterator[Past]:
    if told.appeal is None:
        return
    filed, ruled = story.ago(told.offset + told.appeal.after), story.ago(told.offset + told.appeal.decided_after)
    author, by = decision.case.author_id or 0, story.id_of("person", told.appeal.decided_by)
    upheld = told.appeal.outcome == "upheld"
    with story.at(filed):
        appeal = Appeal.objects.create(decision=decision, person_id=author, words=told.appeal.text)
    with story.at(ruled):
        AppealDecision.objects.create(appeal=appeal, upheld=upheld, reasons=told.appeal.reasons, by_id=by)
    yield Past(AppealFiled(decision.case_id, appeal.id), filed, author)
    yield Past(AppealDecided(decision.case_id, appeal.id, upheld), ruled, by)


def _restriction(story: Story, decision: Decision, until: datetime, upheld_at: datetime | None) -> Iterator[Past]:
    """Those that are over lie in the past; one that holds still suspends its person, or keeps them from writing in its space."""
    ended = upheld_at or (until if until <= story.now else None)
    author = decision.case.author_id or 0
    within = _within(decision, until, ended) if decision.is_within else None
    with story.at(decision.at):
        row = Restriction.objects.create(
            decision=decision, person_id=author, starts_at=decision.at, ends_at=until, ended_at=ended,
            due_at=None if ended else until, within=within,
        )  # fmt: skip
    if ended:
        yield Past(RestrictionEnded(row.id, author, by_appeal=upheld_at is not None), ended)
    elif within is None:
        Person.objects.filter(id=author).update(standing="suspended", suspended_until=until)


def _within(decision: Decision, until: datetime, ended: datetime | None) -> SpaceRestriction:
    return SpaceRestriction.objects.create(
        space_id=decision.case.space_id or 0, person_id=decision.case.author_id or 0, kind=decision.outcome, since=decision.at, until=until,
        ended_at=ended,
    )  # fmt: skip
