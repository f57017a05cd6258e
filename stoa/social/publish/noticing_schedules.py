"""The notice that a repeated post does not go out (somewhere) any more: to those who can mend it, while it still is so."""

from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock, mail
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.people import notices
from stoa.people.notices import NoticeKind, who_holds
from stoa.social.publish.models import Schedule

NOT_REPEATED = "publish.not_repeated"


def sentence(count: int, name: str, card: Card) -> str:
    return _("%(post)s: something of it is not planned") % {"post": card.title}


def register_notice_of_schedules() -> None:
    """Called once by the room's plugs."""
    notices.register(
        NoticeKind(
            NOT_REPEATED, lambda: _("Repeated posts that may not go out"), sentence,
            lambda: _("Read why, mend it and let it go on."), mail="at_once", push="at_once", gets=who_holds("publish.plan"),
            group="posts",
        )
    )  # fmt: skip
    mail.may_send(NOT_REPEATED)(still_not_repeated)


def still_not_repeated(reader: Actor, letter: Letter) -> bool:
    """Not when somebody has seen to it since the letter was written."""
    wrong = Q(state="stopped") & ~Q(reason="") | Q(
        occurrences__state="refused", occurrences__at__gt=clock.now(), state="running"
    )
    return Schedule.objects.visible_to(reader).filter(wrong, id=letter.thing_id or 0).exists()
