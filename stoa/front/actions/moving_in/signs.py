"""Carrying in the signs that people left, under what this archive brought."""

from django.db import transaction

from stoa.base import clock
from stoa.community.talk import signs
from stoa.community.talk.actions.bringing import bring_marks
from stoa.community.talk.models import Mark, Reply, Topic
from stoa.front.actions.moving_in.load import Load, cut, instant
from stoa.front.models import Moved
from stoa.front.moving_in.shapes import OLDEST, VanSign

AT_ONCE = 500
Written = Topic | Reply


def carry_signs(load: Load) -> bool:
    """Some of them; none the second time: who took one back since keeps it so."""
    found = [] if load.row.rounds else load.van.signs(load.row.place, AT_ONCE)
    under = _under(load, {sign.message for sign in found})
    marks = [mark for sign in found if (mark := _mark(load, sign, under))]
    with transaction.atomic():
        bring_marks(marks)
        load.reached(found[-1].n if found else 0, {"signs": len(marks)} if marks else {}, "" if found else "end")
    return bool(found)


def _under(load: Load, keys: set[str]) -> dict[str, Written]:
    """The topics and replies that this archive brought, by their old keys."""
    rows = Moved.objects.filter(
        home=load.row.home_id, kind="message", brought=load.row, old__in=[cut(key) for key in keys]
    )
    things = {row.old: (row.thing_key, row.thing_id) for row in rows}
    topics = Topic.objects.in_bulk([number for key, number in things.values() if key == "talk.topic"])
    replies = Reply.objects.in_bulk([number for _, number in things.values()])  # a merged topic's words have its number
    found: dict[str, Written] = {}
    for old, (_, number) in things.items():
        row = replies.get(number) or topics.get(number)
        if row is not None:
            found[old] = row
    return found


def _mark(load: Load, sign: VanSign, under: dict[str, Written]) -> Mark | None:
    """None where it cannot stand: nobody thanks themselves, and who has left for good leaves no sign."""
    written, person_id = under.get(cut(sign.message)), load.people.get(sign.person)
    known = signs.ALL.get(sign.sign)
    if written is None or person_id is None or known is None or person_id in load.erased:
        return None
    is_reply = isinstance(written, Reply)
    if (written.author_id == person_id and known in signs.OWN) or ("reply" if is_reply else "topic") not in known.on:
        return None
    at = instant(sign.at) if sign.at > OLDEST else written.added_at if isinstance(written, Reply) else written.opened_at
    with clock.pinned(at):
        return Mark(
            topic_id=written.topic_id if isinstance(written, Reply) else written.id, reply=written if isinstance(written, Reply) else None,
            person_id=person_id, sign=sign.sign,
        )  # fmt: skip
