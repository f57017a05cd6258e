"""Corrections as pages show them: what became of each, and what differs from what stood there before."""

from dataclasses import dataclass

from stoa.base.text.differences import Passage, differences
from stoa.people.models import Person
from stoa.social.publish.models import Correction, Delivery
from stoa.social.publish.words import correction_word

MOST = 20


@dataclass(frozen=True)
class Corrected:
    """One correction, with the passages of its difference (none where the words were erased)."""

    correction: Correction
    state: tuple[str, str]
    passages: list[Passage]
    by: str


def corrections_of(delivery: Delivery) -> list[Corrected]:
    """The newest first. At most two queries."""
    found = list(delivery.corrections.order_by("-id")[:MOST]) if delivery.published_at else []
    names = (
        dict(Person.objects.filter(id__in={each.by_id for each in found if each.by_id}).values_list("id", "name"))
        if found
        else {}
    )
    return [
        Corrected(each, correction_word(each.state), passages_of(each), names.get(each.by_id or 0, ""))
        for each in found
    ]


def passages_of(correction: Correction) -> list[Passage]:
    before, after = correction.before.get("text", ""), correction.content.get("text", "")
    return differences(before, after) if before or after else []
