"""What the public log and the front page say: decisions without names or words, and a month in four counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock, cursors
from stoa.base.actors import Actor
from stoa.base.shell import kept_site
from stoa.moderation.models import Appeal, Decision, Report
from stoa.spaces.visibility import readable

PAGE = 30


@dataclass(frozen=True)
class Month:
    """Reports made in a month and how many of them are decided by now; appeals decided in it, and how many were upheld."""

    reports: int
    decided: int
    appeals: int
    upheld: int

    @property
    def sentence(self) -> str:
        """ "6 reports, all decided, 1 appeal upheld"."""
        said = [ngettext("%(count)s report", "%(count)s reports", self.reports) % {"count": self.reports}]
        if self.reports:
            said.append(
                _("all decided") if self.decided == self.reports else _("%(count)s decided") % {"count": self.decided}
            )
        if self.appeals:
            words = ngettext("%(count)s appeal upheld", "%(count)s appeals upheld", self.upheld)
            said.append(words % {"count": self.upheld})
        return ", ".join(said)


def last_month(actor: Actor) -> Month:
    """The last whole month in the organisation's zone, of what this actor's log shows. Three queries."""
    today = clock.now().astimezone(ZoneInfo(kept_site().zone))
    end = today.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    start = (end - timedelta(days=1)).replace(day=1)
    return between(start, end, actor)


def between(start: datetime, end: datetime, actor: Actor) -> Month:
    """The counts of [start, end)."""
    reports = Report.objects.filter(_shown(actor, "case"), at__gte=start, at__lt=end)
    appeals = Appeal.objects.filter(_shown(actor, "decision__case"), ruling__at__gte=start, ruling__at__lt=end)
    return Month(
        reports.count(), reports.filter(case__state="decided").count(),
        *(lambda upheld: (len(upheld), sum(upheld)))(list(appeals.values_list("ruling__upheld", flat=True))),
    )  # fmt: skip


def _shown(actor: Actor, case: str) -> Q:
    """Cases that the log shows: not those of closed spaces that one does not read."""
    open_to_all = Q(**{f"{case}__space": None}) | Q(**{f"{case}__space__visibility__in": ("public", "members")})
    return open_to_all | readable(actor, f"{case}__space")


@dataclass(frozen=True)
class LogPage:
    """Some decisions, newest first, and the cursor of the older ones (empty at the end)."""

    decisions: list[Decision]
    before: str


def log_page(actor: Actor, before: str) -> LogPage:
    """One page of the log. One query."""
    rows = Decision.objects.in_log_of(actor).select_related("case", "clause__version", "appeal__ruling")
    found = cursors.page(rows, "at", before, size=PAGE)
    return LogPage(found.rows, found.next)
