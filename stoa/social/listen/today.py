"""What this room brings to Today: people who wait for an answer on a network."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow, pressing
from stoa.base.moments import lasting
from stoa.social.listen import policy
from stoa.social.listen.inbox import Line, waits
from stoa.social.listen.words import matter_word

MOST = 30
HARM = {"complaint": 5, "question": 3, "": 3, "remark": 2, "praise": 1}
ALLOWED = {"complaint": timedelta(hours=4), "question": timedelta(hours=24), "": timedelta(hours=24),
           "remark": timedelta(days=3), "praise": timedelta(days=7)}  # fmt: skip
WORDS = 160


def rows(actor: Actor) -> Iterator[WorkRow]:
    """What presses most first; two queries. An answer on its way is not waiting for a person."""
    if not policy.may_read_inbox(actor):
        return
    for line in waits(actor, clock.now(), MOST):
        if line.conversation.state == "waiting":
            yield row_of(line, actor)


def row_of(line: Line, actor: Actor) -> WorkRow:
    about = line.conversation
    since = about.waiting_since or about.last_at
    long = clock.now() - since
    who = about.with_whom or _("Somebody")
    values = {"who": who, "channel": about.channel.title, "what": matter_word(about.matter).lower()}
    said = Truncator(line.last.words).chars(WORDS) if line.last else ""
    told = _("%(who)s, %(what)s") if about.matter else _("%(who)s on %(channel)s")
    return WorkRow(
        key=f"listen.conversation:{about.shown_id}", section=Section.WAITING, what=told % values,
        why=said or _("waits for an answer for %(long)s") % {"long": lasting(long)},
        act=_("Answer"), address=about.address, since=since, person=who, wing="social",
        weight=pressing(HARM[about.matter], long, ALLOWED[about.matter]), allowed=ALLOWED[about.matter],
        mine=about.assigned_to_id is not None and about.assigned_to_id == actor.person_id,
    )  # fmt: skip
