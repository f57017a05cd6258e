"""Who has waited too long on a network: told to those who answer on the channel, once, and together while they have not read it."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import actors, clock, mail, things
from stoa.base.actors import SITE, Actor
from stoa.base.models.letter import Letter
from stoa.base.things import Card
from stoa.people import notices
from stoa.people.actions.notice import tell
from stoa.people.models import Notice
from stoa.people.notices import NoticeKind, who_holds
from stoa.social.listen.models import Conversation
from stoa.social.listen.models.conversation import READ, WAITING, Conversations
from stoa.social.listen.options import ALERT_HOURS
from stoa.social.networks.models import Channel
from stoa.spaces.readers import holders_of

KIND = "listen.waiting"  # also the kind of thing: who waits on a channel, for those who read its inbox
ANSWER = "listen.answer"
LONGEST = timedelta(days=14)
AT_ONCE = 500


def tell_of_waiting() -> int:
    """Tells of those who began to wait too long since their channel was spoken of last. Says of how many."""
    if not ALERT_HOURS.get():
        return 0
    found: dict[Channel, list[Conversation]] = {}
    for conversation in late(Conversation.objects.all()).select_related("channel").order_by("waiting_since")[:AT_ONCE]:
        found.setdefault(conversation.channel, []).append(conversation)
    return sum(_tell(channel, waiting) for channel, waiting in found.items())


def late(rows: Conversations) -> Conversations:
    """Those who wait for us for longer than they should, and whom nobody put aside."""
    now = clock.now()
    over = Q(waiting_since__lte=now - timedelta(hours=ALERT_HOURS.get()), waiting_since__gt=now - LONGEST)
    return rows.awake().filter(over, state=WAITING)


def _tell(channel: Channel, waiting: Collection[Conversation]) -> int:
    told = Notice.objects.filter(kind=KIND, thing_key=KIND, thing_id=channel.id).aggregate(at=Max("last_at"))["at"]
    over = timedelta(hours=ALERT_HOURS.get())
    new = [each for each in waiting if each.waiting_since and (told is None or each.waiting_since + over > told)]
    if new:
        able = holders_of(ANSWER, SITE, channel.scope)
        tell(able, KIND, (KIND, channel.id), by=actors.system("listen"), times=len(new))
    return len(new)


def read_channels(actor: Actor, numbers: Collection[int]) -> "QuerySet[Channel]":
    """Among these the channels whose inbox the actor reads."""
    rows = Channel.objects.filter(id__in=numbers)
    return rows if actor.may(READ) else rows.filter(id__in=actor.scope_ids("channel", READ))


def waiting_card(channel: Channel) -> Card:
    address = f"{reverse('listen:inbox')}?channel={channel.shown_id}"
    return Card(channel.title, address, _("Waiting"), is_open=True)


def waits(count: int, name: str, card: Card) -> str:
    words = ngettext(
        "Somebody on %(channel)s has waited too long for an answer",
        "%(count)s people on %(channel)s have waited too long for an answer",
        count,
    )
    return words % {"count": count, "channel": card.title}


def still_waits(reader: Actor, letter: Letter) -> bool:
    """Not when all were answered since the letter was written."""
    return late(Conversation.objects.visible_to(reader).filter(channel=letter.thing_id or 0)).exists()


def register_waiting() -> None:
    """Called once by the room's plugs."""
    things.register(things.Thing(KIND, read_channels, waiting_card))
    notices.register(
        NoticeKind(
            KIND, lambda: _("People on networks who wait too long for an answer"), waits,
            lambda: _("Answer the first of them, or say why not."),
            mail="at_once", push="at_once", gets=who_holds(ANSWER),
        )
    )  # fmt: skip
    mail.may_send(KIND)(still_waits)
