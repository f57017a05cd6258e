"""What must fit here: a case is decided when it has its decision, every decision has its statement, every suspension its restriction."""

from collections.abc import Iterator

from stoa.base import clock
from stoa.moderation.models import Case, Decision, Restriction


def check() -> Iterator[str]:
    for number in Case.objects.filter(state="open", decision__isnull=False).values_list("id", flat=True):
        yield f"case {number} is open, yet it has a decision"
    for number in Case.objects.filter(state="decided", decision=None).values_list("id", flat=True):
        yield f"case {number} is decided, yet it has no decision"
    for number in Case.objects.filter(reports=None).values_list("id", flat=True):
        yield f"case {number} has no report"
    for number in Decision.objects.filter(statement=None).values_list("id", flat=True):
        yield f"decision {number} has no statement of reasons"
    for number in Decision.objects.filter(outcome="suspend", restriction=None).values_list("id", flat=True):
        yield f"decision {number} suspends nobody"
    holding = Restriction.objects.filter(ended_at=None, ends_at__gt=clock.now()).exclude(person__standing="erased")
    for row in holding.select_related("person"):
        until = row.person.suspended_until
        if row.person.standing != "suspended" or (until is not None and until < row.ends_at):
            yield f"restriction {row.id} holds, yet its person is not suspended until then"
