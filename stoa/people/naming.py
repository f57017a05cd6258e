"""How names in texts become ids and ids become names: what a text shows of a person is the name alone, to whoever reads the text."""

from collections.abc import Collection

from stoa.base import text
from stoa.people.models import Account, Person


def mentioned(names: Collection[str]) -> dict[str, int]:
    """Case-folded names to ids, for those that mean exactly one member."""
    found: dict[str, list[int]] = {}
    for folded, number in Person.objects.members().filter(folded__in=names).values_list("folded", "id"):
        found.setdefault(folded, []).append(number)
    return {name: numbers[0] for name, numbers in found.items() if len(numbers) == 1}


def names_of(numbers: Collection[int]) -> dict[int, text.Name]:
    """Ids to names as shown now; the erased are absent. Who is not through the door has a name, and no page yet."""
    people = Person.objects.filter(id__in=numbers).exclude(standing="erased")
    return {
        person.id: text.Name(person.name, person.address if person.standing != "pending" else "") for person in people
    }


def name_of_account(account: Account) -> str:
    """How the sign-in library's pages and mails call somebody."""
    return Person.objects.filter(account=account).values_list("name", flat=True).first() or account.email
