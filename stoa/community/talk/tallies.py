"""How often each sign stands under the things of one page, and which of them are the reader's own. Two queries for a page."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db.models import Count, Q

from stoa.base.actors import Actor
from stoa.community.talk import signs
from stoa.community.talk.models import Mark, Reply, Topic
from stoa.community.talk.signs import Sign


@dataclass(frozen=True)
class Tally:
    """One sign under one thing: how many people left it, and whether the reader did."""

    sign: Sign
    count: int = 0
    mine: bool = False


@dataclass(frozen=True)
class Tallies:
    """What stands under a topic and the replies of a page: by the reply's id, None for the topic itself."""

    offered: list[Sign]
    left: Mapping[int | None, Mapping[str, tuple[int, bool]]]

    @classmethod
    def of(cls, topic: Topic, replies: Collection[Reply], actor: Actor) -> "Tallies":
        mine = Count("id", filter=Q(person_id=actor.person_id or 0))
        rows = (
            Mark.objects.of_page(topic, replies).values_list("reply_id", "sign").annotate(count=Count("id"), mine=mine)
        )
        left: dict[int | None, dict[str, tuple[int, bool]]] = defaultdict(dict)
        for reply_id, sign, count, own in rows.order_by():
            left[reply_id][sign] = (count, bool(own))
        return cls(signs.offered(), left)

    def under(self, written: Topic | Reply) -> list[Tally]:
        """Every sign that may stand there, thanks first; one that the community gave up is still shown where it was left."""
        is_reply = isinstance(written, Reply)
        found = self.left.get(written.id if is_reply else None, {})
        here = [each for each in self.offered if ("reply" if is_reply else "topic") in each.on]
        given_up = [signs.ALL[key] for key in found if key in signs.ALL and signs.ALL[key] not in here]
        return [Tally(each, *found.get(each.key, (0, False))) for each in [*here, *given_up]]

    @classmethod
    def choices(cls, written: Topic | Reply, topic: Topic, actor: Actor) -> list[Tally]:
        """The signs that this reader can leave under one thing: nobody thanks themselves."""
        page = cls.of(topic, [written] if isinstance(written, Reply) else [], actor)
        own = actor.person_id == written.author_id
        return [each for each in page.under(written) if not each.mine and not (own and each.sign.icon)]
