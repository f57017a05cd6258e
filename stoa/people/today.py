"""What this room brings to Today: newcomers to welcome, with what they said at the door."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.people.desk import Member, desk_page
from stoa.people.policy import may_see_desk_members

NEW = timedelta(days=7)
ROWS = 12


def rows(actor: Actor) -> Iterator[WorkRow]:
    """Those who came in the last seven days, newest first."""
    if not may_see_desk_members(actor):
        return
    since = clock.now() - NEW
    for member in desk_page(actor, size=ROWS).members:
        if member.person.joined_at > since and member.person.id != actor.person_id:
            yield _row(member)


def _row(member: Member) -> WorkRow:
    said = " · ".join(answer for _question, answer in member.answers)
    return WorkRow(
        key=f"people.welcome:{member.person.id}", section=Section.WELCOME, what=member.person.name,
        why=said or _("joined and said nothing at the door"), act=_("Welcome"), address=member.person.address,
        since=member.person.joined_at, person=member.person.name,
        portrait=member.person.portrait_address, wing="community", weight=1.0,
    )  # fmt: skip
