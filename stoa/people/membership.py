"""Who of some people is a member."""

from collections.abc import Collection

from django.db.models import QuerySet

from stoa.base.standing_queries import padded, standing
from stoa.people.models import Person


def members_among(people: Collection[int]) -> set[int]:
    """The ids of those of these people who are here. One query, none for nobody."""
    return {number for (number,) in standing(here_of, people=padded(sorted(people)))} if people else set()


def here_of(people: list[int]) -> "QuerySet[Person, tuple[int]]":
    return Person.objects.members().filter(id__in=people).order_by().values_list("id")
