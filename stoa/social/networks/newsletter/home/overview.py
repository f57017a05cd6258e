"""What the desk shows of a newsletter: how many get it, how it is connected, what became of each issue."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings as installation
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base.actors import Actor
from stoa.social.networks.newsletter.home.models import Issue, Mail, Newsletter, Subscriber
from stoa.social.networks.newsletter.home.models.issue import SENDING, STOPPED
from stoa.social.networks.newsletter.home.models.mail import LEFT_OUT, REFUSED, TAKEN, UNCLEAR, WAITING
from stoa.social.networks.newsletter.home.models.subscriber import ENDED, REASONS, SUBSCRIBED
from stoa.social.networks.newsletter.home.options import BOUNCE_DOMAIN, PER_MINUTE
from stoa.social.networks.newsletter.home.policy import may_see_key, newsletters_key
from stoa.social.networks.newsletter.home.shapes import absolute

ISSUES = 20


@dataclass(frozen=True)
class Told:
    """One issue: where its sending is (a word and its kind), and how many mails are where."""

    issue: Issue
    word: str
    kind: str
    figures: list[str]


@dataclass(frozen=True)
class Overview:
    newsletter: Newsletter
    subscribed: int
    ended: list[tuple[str, int]]
    issues: list[Told]
    address: str
    key: str
    has_mail: bool
    hears_bounces: bool
    per_minute: int

    @classmethod
    def of(cls, newsletter: Newsletter, *, to: Actor) -> Overview:
        rows = Subscriber.objects.filter(newsletter=newsletter).order_by().values("state", "ended_because")
        counted = {(row["state"], row["ended_because"]): row["n"] for row in rows.annotate(n=Count("id"))}
        words = ended_words()
        ended = [(words[each], counted[ENDED, each]) for each in REASONS if (ENDED, each) in counted]
        return cls(
            newsletter, counted.get((SUBSCRIBED, ""), 0), ended, told_issues(newsletter),
            absolute(reverse("newsletter:newsletters")), newsletters_key() if may_see_key(to) else "", bool(installation.STOA_MAIL_URL),
            bool(BOUNCE_DOMAIN.get()), PER_MINUTE.get(),
        )  # fmt: skip


def ended_words() -> dict[str, str]:
    return {
        "unsubscribed": _("unsubscribed"), "bounced": _("could not be reached"), "complained": _("called it spam"),
        "removed": _("taken off the list"), "erased": _("left, with all that was kept of them"),
    }  # fmt: skip


def rows_of() -> list[tuple[Newsletter, int]]:
    """Every newsletter and how many get it."""
    getting = Count("subscribers", filter=Q(subscribers__state=SUBSCRIBED))
    rows = Newsletter.objects.annotate(getting=getting).order_by("name", "id")[:200]
    return [(each, vars(each)["getting"]) for each in rows]


def told_issues(newsletter: Newsletter) -> list[Told]:
    issues = list(newsletter.issues.prefetch_related("pictures").order_by("-at", "-id")[:ISSUES])
    counted: dict[int, dict[str, int]] = {each.id: {} for each in issues}
    mails = Mail.objects.filter(issue__in=list(counted)).order_by().values("issue", "state")
    for row in mails.annotate(n=Count("id"), back=Count("id", filter=Q(bounced_at__isnull=False))):
        counted[row["issue"]][row["state"]] = row["n"]
        counted[row["issue"]]["back"] = counted[row["issue"]].get("back", 0) + row["back"]
    for each in issues:
        each.newsletter = newsletter
    return [told_of(each, counted[each.id]) for each in issues]


def told_of(issue: Issue, counted: dict[str, int]) -> Told:
    word, kind = (
        (_("Taken back"), "warn") if issue.is_gone or issue.state == STOPPED
        else (_("Waits"), "warn") if issue.state == SENDING and issue.trouble
        else (_("Going out"), "plain") if issue.state == SENDING
        else (_("Sent"), "good")
    )  # fmt: skip
    return Told(issue, word, kind, figures(counted))


def figures(counted: dict[str, int]) -> list[str]:
    """Only what there is, in words."""
    every = sum(number for state, number in counted.items() if state != "back")
    waiting = counted.get(WAITING, 0)
    said = {
        TAKEN: _("%(n)s of %(every)s taken by the mail server"), WAITING: ngettext("%(n)s waits", "%(n)s wait", waiting),
        REFUSED: _("%(n)s refused"), "back": _("%(n)s came back"), UNCLEAR: _("%(n)s unclear, not sent again"),
        LEFT_OUT: _("%(n)s left out"),
    }  # fmt: skip
    found = [words % {"n": counted[state], "every": every} for state, words in said.items() if counted.get(state)]
    return found or [_("Nobody had subscribed yet.")]
