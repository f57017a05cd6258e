"""Who the staff are: members with a role in the whole site."""

from stoa.people.models import Person
from stoa.spaces.models import Grant


def staff() -> list[Person]:
    """By name; one query."""
    holders = Grant.objects.standing().within(("site", 0)).values("person_id")
    return list(Person.objects.filter(standing="member", id__in=holders).order_by("folded", "id"))
