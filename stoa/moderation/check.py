"""What must fit here: a case is decided when it has its decision, every decision has its statement, every suspension its restriction."""

from collections.abc import Iterator

from stoa.base import clock
from stoa.moderation.models import Case, Decision, Restriction
from stoa.moderation.models.decision import LASTING
from stoa.spaces.models import SpaceRestriction


def check() -> Iterator[str]:
    for number in Case.objects.filter(state="open", decision__isnull=False).values_list("id", flat=True):
        yield f"case {number} is open, yet it has a decision"
    for number in Case.objects.filter(state="decided", decision=None).values_list("id", flat=True):
        yield f"case {number} is decided, yet it has no decision"
    for number in Case.objects.filter(reports=None).values_list("id", flat=True):
        yield f"case {number} has no report"
    for number in Decision.objects.filter(statement=None).values_list("id", flat=True):
        yield f"decision {number} has no statement of reasons"
    for number in Decision.objects.filter(outcome__in=LASTING, restriction=None).values_list("id", flat=True):
        yield f"decision {number} restricts nobody"
    holding = Restriction.objects.filter(ended_at=None, ends_at__gt=clock.now()).exclude(person__standing="erased")
    yield from _within()
    for row in holding.filter(within=None).select_related("person"):
        until = row.person.suspended_until
        if row.person.standing != "suspended" or (until is not None and until < row.ends_at):
            yield f"restriction {row.id} holds, yet its person is not suspended until then"


def _within() -> Iterator[str]:
    """What holds within a space is kept there as it was decided."""
    for row in Restriction.objects.filter(within__isnull=False).select_related("within", "decision__case"):
        kept, case = row.within, row.decision.case
        same = (row.person_id, case.space_id, row.decision.outcome, row.ends_at, row.ended_at is None)
        if kept and same != (kept.person_id, kept.space_id, kept.kind, kept.until, kept.ended_at is None):
            yield f"restriction {row.id} is not what its space keeps"
    for number in Restriction.objects.filter(within=None, decision__outcome__in=("quiet", "out")).values_list(
        "id", flat=True
    ):
        yield f"restriction {number} is kept in no space"
    for number in SpaceRestriction.objects.filter(decided=None).values_list("id", flat=True):
        yield f"restriction {number} of a space rests on no decision"
