"""How often each sign stands under the things of one page, and which of them are the reader's own. Two queries for a page."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from stoa.base.actors import Actor
from stoa.base.standing_queries import standing
from stoa.community.talk import signs
from stoa.community.talk.models import Mark, Reply, Topic
from stoa.community.talk.signs import Sign


@dataclass(frozen=True)
class Tally:
    """One sign under one thing: how many people left it, and whether the reader did."""

    sign: Sign
    count: int = 0
    mine: bool = False


BARE = {sign: Tally(sign) for sign in signs.ALL.values()}  # of nobody


def counted(topic_id: int, reply_ids: Collection[int], reader_id: int) -> "QuerySet[Mark, Any]":
    """How often each sign stands under the topic and these replies, and whether the reader's is among them."""
    rows = Mark.objects.of_page(topic_id, reply_ids).values_list("reply_id", "sign")
    return rows.annotate(count=Count("id"), mine=Count("id", filter=Q(person_id=reader_id))).order_by()


@dataclass(frozen=True)
class Tallies:
    """What stands under a topic and the replies of a page: by the reply's id, None for the topic itself."""

    offered: list[Sign]
    left: Mapping[int | None, Mapping[str, tuple[int, bool]]]

    @classmethod
    def of(cls, topic: Topic, replies: Collection[Reply], actor: Actor) -> "Tallies":
        under = [reply.id for reply in replies]
        rows = standing(counted, topic_id=topic.id, reply_ids=under, reader_id=actor.person_id or 0)
        left: dict[int | None, dict[str, tuple[int, bool]]] = defaultdict(dict)
        for reply_id, sign, count, own in rows:
            left[reply_id][sign] = (count, bool(own))
        return cls(signs.offered(), left)

    def under(self, written: Topic | Reply) -> list[Tally]:
        """Every sign that may stand there, thanks first; one that the community gave up is still shown where it was left."""
        is_reply = isinstance(written, Reply)
        found = self.left.get(written.id if is_reply else None, {})
        here = [each for each in self.offered if ("reply" if is_reply else "topic") in each.on]
        given_up = [signs.ALL[key] for key in found if key in signs.ALL and signs.ALL[key] not in here]
        return [Tally(each, *found.get(each.key, (0, False))) for each in [*here, *given_up]]

    def drawn_under(self, written: Topic | Reply, invited: tuple[str, ...]) -> tuple[Tally, ...]:
        """Those that were left there, and those that somebody is invited to leave. Under most replies nobody has left any."""
        is_reply = isinstance(written, Reply)
        if self.left.get(written.id if is_reply else None):
            return tuple(each for each in self.under(written) if each.count or each.sign.key in invited)
        return tuple(
            BARE[sign] for sign in self.offered if sign.key in invited and ("reply" if is_reply else "topic") in sign.on
        )

    @classmethod
    def choices(cls, written: Topic | Reply, topic: Topic, actor: Actor) -> list[Tally]:
        """The signs that this reader can leave under one thing: nobody thanks themselves."""
        page = cls.of(topic, [written] if isinstance(written, Reply) else [], actor)
        own = actor.person_id == written.author_id
        return [each for each in page.under(written) if not each.mine and not (own and each.sign.icon)]
