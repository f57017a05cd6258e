"""Choosing people to write to: who is chosen, who fits what was typed, and how each can be written to."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.community.talk.models.exchange import MOST_PEOPLE
from stoa.community.talk.reaching import Reach, reach_of
from stoa.people.models import Person

FOUND = 8


@dataclass(frozen=True)
class Picked:
    """`chosen` with how each can be written to; `found` fit what was `asked`. `is_searching`: the form was sent to choose people, and not
    to send what is written."""

    chosen: list[Person]
    reach: dict[int, Reach]
    asked: str
    found: list[Person]
    is_searching: bool

    @classmethod
    def of(cls, sent: QueryDict, actor: Actor, without: Sequence[int] = ()) -> "Picked":
        """From a form or an address: `to` are the chosen, `add` and `take` one more or less, `q` a part of a name. Three queries and those
        of `reach_of`."""
        visible = Person.objects.visible_to(actor).members().exclude(id__in=[actor.own_id, *without])
        wanted = [number for each in [*sent.getlist("to"), sent.get("add", "")] if (number := ids.read(each))]
        gone = ids.read(sent.get("take", ""))
        known = visible.in_bulk([each for each in wanted if each != gone])
        chosen = [known[each] for each in dict.fromkeys(wanted) if each in known][: MOST_PEOPLE - 1]
        asked = sent.get("q", "").strip()[:80] if "add" not in sent else ""
        fit = visible.exclude(id__in=known).filter(folded__contains=asked.casefold()).order_by("folded", "id")
        is_searching = any(name in sent for name in ("add", "take", "find"))
        return cls(
            chosen, reach_of(chosen, actor) if chosen else {}, asked, list(fit[:FOUND]) if asked else [], is_searching
        )

    @property
    def strangers(self) -> list[Person]:
        """Those who are asked first."""
        return [each for each in self.chosen if self.reach[each.id] is Reach.ASKING]

    @property
    def closed(self) -> list[Person]:
        return [each for each in self.chosen if self.reach[each.id] is Reach.CLOSED]
