"""What this room keeps of a person: their marks on Today and when they last looked."""

from typing import Any

from stoa.front.forgotten import as_forgotten
from stoa.front.models import Beginning, ClaimLetter, DeskVisit, Import, ImportTrouble, Moved, WorkMark
from stoa.people.actions.leaving import rows_as_values
from stoa.people.claims import EMAIL
from stoa.people.keeping import Keeping
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    return {
        "work_marks": rows_as_values(WorkMark.objects.filter(by=person)),
        "desk_visit": rows_as_values(DeskVisit.objects.filter(person=person)),
        "known_before": [
            {"in": row.home.name, "as": row.old}
            for row in Moved.objects.filter(thing_key="people.person", thing_id=person.id).select_related("home")
        ],
        "not_carried_in": rows_as_values(ImportTrouble.objects.filter(of_id=person.id)),
        "claim_letter": rows_as_values(ClaimLetter.objects.filter(person=person)),
    }


def erase(person: Person) -> None:
    """Their marks and visits go; what they answered at set-up stays the community's, by nobody."""
    WorkMark.objects.filter(by=person).delete()
    WorkMark.objects.filter(to=person).delete()
    DeskVisit.objects.filter(person=person).delete()
    Beginning.objects.filter(by_id=person.id).update(by_id=None)
    ClaimLetter.objects.filter(person=person).delete()
    Import.objects.filter(confirmed_by_id=person.id).update(confirmed_by_id=None)
    ImportTrouble.objects.filter(of_id=person.id).delete()
    _forget_examples(person)
    for row in Moved.objects.filter(thing_key="people.person", thing_id=person.id):
        row.old, row.also = as_forgotten(row.old), ""
        row.save(update_fields=["old", "also"])


def _forget_examples(person: Person) -> None:
    """An example of what was left behind may say their name or their address."""
    said = [person.name, *([person.account.email] if person.account else [])]
    said += person.identities.filter(network=EMAIL).values_list("handle", flat=True)
    words = [each.casefold() for each in said if each]
    for row in Import.objects.exclude(noted=[]):
        told = [each for each in row.noted if any(word in each["example"].casefold() for word in words)]
        if told:
            for each in told:
                each["example"] = ""
            row.save(update_fields=["noted"])


KEEPING = Keeping("front", export, erase)
