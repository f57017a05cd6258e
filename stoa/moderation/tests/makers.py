"""Makers for tests, this room's and every higher one's: guidelines in force, and a kind of thing that can be judged."""

from datetime import timedelta

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.moderation import subjects
from stoa.moderation.actions.decision import Verdict, decide_case
from stoa.moderation.actions.report import report
from stoa.moderation.facts import Outcome
from stoa.moderation.models import Case, Clause, Decision, GuidelineVersion, Report
from stoa.moderation.subjects import Snapshot, Subject
from stoa.people.models import Person
from stoa.spaces.models import Space
from stoa.spaces.visibility import readable

KEY = "test.remark"


def make_guidelines(
    number: int = 1, *, published: bool = True, words: str = "Speak about the thing."
) -> GuidelineVersion:
    """A version with clauses 1.1 (harm 2) and 2.1 (harm 4)."""
    version = GuidelineVersion.objects.create(
        number=number, summary="What changed.", published_at=clock.now() if published else None
    )
    Clause.objects.create(version=version, part=1, item=1, title="Be decent", text=words, harm=2)
    Clause.objects.create(version=version, part=2, item=1, title="Keep safe", text="Post no address.", harm=4)
    return version


def make_case(row: Space, *, by: Actor, clause: Clause | None = None, words: str = "It hurts.") -> Case:
    """A report of a remark (see `remarks`), and its case."""
    return make_report(row, by=by, clause=clause, words=words).case


def make_report(row: Space, *, by: Actor, clause: Clause | None = None, words: str = "It hurts.") -> Report:
    clause = clause or Clause.objects.in_force().first() or make_guidelines().clauses.get(part=1)
    return report(remarks(), row.id, clause=clause, words=words, by=by)


def make_decision(case: Case, outcome: str = "hide", *, by: Actor, days: int = 7, hides: bool = False) -> Decision:
    until = clock.now() + timedelta(days=days) if Outcome(outcome).lasts else None
    clause = Clause.objects.in_force()[0]
    verdict = Verdict(Outcome(outcome), clause, "It is about the person.", "The words as reported.", hides, until)
    return decide_case(case, verdict, by=by)


AUTHORS: dict[int, int] = {}


def say(space: Space, author: Person) -> Space:
    """Makes a space stand for a remark of somebody: its description is the text, read-only means hidden."""
    AUTHORS[space.id] = author.id
    return space


def remarks() -> Subject:
    """Registers spaces as things that can be judged, so that this room's tests need no higher room."""
    known = subjects.subject_of(KEY)
    if known is None:
        subjects.register(
            known := Subject(KEY, lambda: "Remark", _find, _visible, _snapshot, lambda row: [], _hide, _restore)
        )
    return known


def _find(number: int) -> Space | None:
    return Space.objects.filter(id=number).first()


def _visible(actor: Actor, numbers: object) -> object:
    return Space.objects.filter(readable(actor, prefix=""), id__in=numbers)


def _snapshot(row: Space) -> Snapshot:
    return Snapshot(row.description, row.created_at, row.name, AUTHORS.get(row.id), None, row.id)


def _hide(row: Space, *, by: Actor) -> bool:
    return bool(Space.objects.filter(id=row.id, state="active").update(state="readonly"))


def _restore(row: Space, *, by: Actor) -> None:
    Space.objects.filter(id=row.id, state="readonly").update(state="active")
