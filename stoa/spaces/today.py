"""What this room brings to Today: applications to decide."""

from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.desk import Section, WorkRow
from stoa.spaces.models import Application, Space
from stoa.spaces.policy import may_decide_applications

ROWS = 20


def rows(actor: Actor) -> Iterator[WorkRow]:
    """The oldest first: each is a person waiting."""
    spaces = {
        space.id: space for space in Space.objects.visible_to(actor).living() if may_decide_applications(actor, space)
    }
    waiting = Application.objects.visible_to(actor).filter(space_id__in=spaces, state="open")
    for application in waiting.select_related("person").order_by("id")[:ROWS]:
        space = spaces[application.space_id]
        hours = (clock.now() - application.at).total_seconds() / 3600
        yield WorkRow(
            key=f"spaces.application:{application.id}", section=Section.DECIDE,
            what=_("%(name)s asks to join %(space)s") % {"name": application.person.name, "space": space.name},
            why=Truncator(application.answer).chars(160) or _("a person waits for an answer"), act=_("Decide"),
            address=f"/spaces/{space.shown_id}/manage/", since=application.at, person=application.person.name,
            portrait=application.person.portrait_address, wing="community", weight=2 * hours,
        )  # fmt: skip
