"""What happened since somebody last looked: at most three lines, counted in the fact log, of what they may see."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock, ids, things
from stoa.base.actors import Actor
from stoa.base.models import FactRow
from stoa.front.models import DeskVisit
from stoa.front.models.visit import SITTING
from stoa.spaces.models import Space

MOST = 5000  # facts that are looked at, the latest
LINES: list[dict[str, Callable[[int], str]]] = [
    {
        "people.person_joined": lambda n: ngettext("%(num)s person joined", "%(num)s people joined", n),
        "talk.topic_opened": lambda n: ngettext("%(num)s topic was opened", "%(num)s topics were opened", n),
        "talk.reply_added": lambda n: ngettext("%(num)s reply", "%(num)s replies", n),
        "gather.rsvp_given": lambda n: ngettext("%(num)s answer to an event", "%(num)s answers to events", n),
    },
    {
        "publish.delivery_published": lambda n: ngettext("%(num)s post went out", "%(num)s posts went out", n),
        "listen.message_heard": lambda n: ngettext("%(num)s message came in", "%(num)s messages came in", n),
        "listen.conversation_answered": lambda n: ngettext("%(num)s was answered", "%(num)s were answered", n),
        "publish.delivery_asks": lambda n: ngettext("%(num)s delivery asks", "%(num)s deliveries ask", n),
    },
    {
        "moderation.report_made": lambda n: ngettext("%(num)s report was made", "%(num)s reports were made", n),
        "moderation.case_decided": lambda n: ngettext("%(num)s case was decided", "%(num)s cases were decided", n),
        "moderation.appeal_decided": lambda n: ngettext(
            "%(num)s appeal was decided", "%(num)s appeals were decided", n
        ),
        "bridge.usage_right_granted": lambda n: ngettext(
            "%(num)s usage right was granted", "%(num)s usage rights were granted", n
        ),
    },
]


@dataclass(frozen=True)
class Since:
    """From when, and the lines."""

    moment: datetime
    lines: list[str]

    @property
    def title(self) -> str:
        """In the reader's zone: "Since Friday 20 November, 17:40"."""
        here = self.moment.astimezone(timezone.get_current_timezone())
        return _("Since %(moment)s") % {"moment": date_format(here, "l j F, H:i")}


def since_last_visit(actor: Actor) -> Since:
    """Who has never been here is told of the last day. Queries: the visit, the facts, the spaces, one a kind of thing."""
    moment = last_visit(actor) or clock.now() - timedelta(days=1)
    counts = seen_facts(actor, moment)
    lines = [
        " · ".join(say(counts[name]) % {"num": counts[name]} for name, say in line.items() if counts[name])
        for line in LINES
    ]
    return Since(moment, [line for line in lines if line])


def last_visit(actor: Actor) -> datetime | None:
    """The end of the visit before this one."""
    visit = DeskVisit.objects.filter(person_id=actor.person_id or 0).first()
    if visit is None:
        return None
    return visit.latest if clock.now() - visit.latest > SITTING else visit.before


def seen_facts(actor: Actor, moment: datetime) -> Counter[str]:
    """How many of each, as far as the actor may see: of spaces that they read, and of things that they see."""
    names = [name for line in LINES for name in line]
    rows = FactRow.objects.filter(id__gte=ids.at(moment), name__in=names).order_by("-id")
    told = list(rows.values_list("name", "content", "about_key", "about_id")[:MOST])
    spaces = set(Space.objects.readable_by(actor).values_list("id", flat=True))
    about = {(key, number) for _name, content, key, number in told if "space" not in content and number}
    seen = things.rows(about, to=actor)
    return Counter(
        name
        for name, content, key, number in told
        if (content["space"] in spaces if "space" in content else is_told(name, seen.get((key, number or 0))))
    )


def is_told(name: str, row: Any) -> bool:
    """Whether what is seen counts as one: of a thread that went out only its first part does."""
    return row is not None and (name != "publish.delivery_published" or row.role == "post")
