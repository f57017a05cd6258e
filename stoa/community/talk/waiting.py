"""Who has waited too long for an answer: told to those who tend the space, once, and together while they have not read it."""

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db.models import Max, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import actors, clock, mail, things
from stoa.base.actors import Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.community.talk.models import Topic
from stoa.community.talk.options import ALERT_HOURS
from stoa.people import notices
from stoa.people.actions.notice import tell
from stoa.people.models import Notice
from stoa.people.notices import NoticeKind, who_holds
from stoa.spaces.models import Space
from stoa.spaces.readers import tended, tenders_of

KIND = "talk.waiting"  # also the kind of thing: what waits in a space, for those who tend it
LONGEST = timedelta(days=14)
AT_ONCE = 500


def tell_of_waiting() -> int:
    """Tells of what began to wait too long since its space was spoken of last. Says of how many topics."""
    return sum(_tell(space, topics) for space, topics in _late())


def _late() -> Iterator[tuple[Space, list[Topic]]]:
    """Each space with those of its topics that have waited for longer than they should."""
    if not ALERT_HOURS.get():
        return
    now = clock.now()
    waiting = Topic.objects.here().unanswered().filter(
        closed_at=None, opened_at__lte=now - timedelta(hours=ALERT_HOURS.get()), opened_at__gt=now - LONGEST
    )  # fmt: skip
    found: dict[Space, list[Topic]] = {}
    for topic in waiting.select_related("space").order_by("opened_at", "id")[:AT_ONCE]:
        found.setdefault(topic.space, []).append(topic)
    yield from found.items()


def _tell(space: Space, topics: Collection[Topic]) -> int:
    told = Notice.objects.filter(kind=KIND, thing_key=KIND, thing_id=space.id).aggregate(at=Max("last_at"))["at"]
    over = timedelta(hours=ALERT_HOURS.get())
    new = [topic for topic in topics if told is None or topic.opened_at + over > told]
    if not new:
        return 0
    own = {new[0].author_id} if len({topic.author_id for topic in new}) == 1 else set()
    able = tenders_of(space, "talk.close_topic") - own
    tell(able, KIND, (KIND, space.id), by=actors.system("talk"), times=len(new))
    return len(new)


def tended_spaces(actor: Actor, numbers: Collection[int]) -> "QuerySet[Space]":
    """Among these the spaces that the actor reads and tends."""
    return Space.objects.readable_by(actor).filter(tended(actor, "talk.close_topic", ""), id__in=numbers)


def waiting_card(space: Space) -> Card:
    address = f"{reverse('talk:space_topics', args=[space.id])}?list=unanswered"
    return Card(space.name, address, _("Waiting"), is_open=not space.is_closed)


def waits(count: int, name: str, card: Card) -> str:
    words = ngettext(
        "A topic in %(space)s has waited too long for an answer",
        "%(count)s topics in %(space)s have waited too long for an answer",
        count,
    )
    return words % {"count": count, "space": card.title}


def still_waits(reader: Actor, letter: Letter) -> bool:
    """Not when all were answered since the letter was written."""
    late = clock.now() - timedelta(hours=ALERT_HOURS.get())
    rows = Topic.objects.visible_to(reader).here().unanswered().filter(space=letter.thing_id or 0, closed_at=None)
    return rows.filter(opened_at__lte=late, opened_at__gt=clock.now() - LONGEST).exists()


def register_waiting() -> None:
    """Called once by the room's plugs."""
    things.register(things.Thing(KIND, tended_spaces, waiting_card))
    notices.register(
        NoticeKind(
            KIND, lambda: _("People who wait too long for an answer"), waits,
            lambda: _("Answer the first of them, or ask somebody who knows."),
            mail="at_once", push="at_once", gets=who_holds("talk.close_topic"),
        )
    )  # fmt: skip
    mail.may_send(KIND)(still_waits)
