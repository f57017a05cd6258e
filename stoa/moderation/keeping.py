"""What this room keeps of a person: what they reported and appealed, what was decided about them, which guidelines they accepted.

Erased, their words and the copies of what they wrote go; decisions stay as the record that they are, without a name.
"""

from typing import Any

from stoa.moderation.models import Acceptance, Appeal, Case, Decision, Report
from stoa.people.actions.leaving import rows_as_values
from stoa.people.keeping import Keeping
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    accepted = Acceptance.objects.filter(person=person).select_related("version").order_by("at")
    decisions = Decision.objects.filter(case__author=person).exclude(outcome="keep").select_related("statement")
    rulings = Appeal.objects.filter(person=person).select_related("ruling").order_by("at")
    return {
        "reports": rows_as_values(Report.objects.filter(person=person).order_by("id")),
        "statements": [each.statement.content for each in decisions.order_by("id")],
        "appeals": [
            {"words": each.words, "at": each.at, "upheld": getattr(getattr(each, "ruling", None), "upheld", None)}
            for each in rulings
        ],
        "acceptances": [{"version": each.version.number, "at": each.at} for each in accepted],
    }


def erase(person: Person) -> None:
    Acceptance.objects.filter(person=person).delete()
    Report.objects.filter(person=person).update(words="")
    Appeal.objects.filter(person=person).update(words="")
    Case.objects.filter(author=person).update(title="", text="")


KEEPING = Keeping("moderation", export, erase)
