"""One mail: one issue to one subscriber, once."""

from __future__ import annotations

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from stoa.base.rows import Row
from stoa.social.networks.newsletter.home.models.issue import SENT, Issue
from stoa.social.networks.newsletter.home.models.subscriber import Subscriber

WAITING, ON_ITS_WAY, TAKEN, REFUSED, UNCLEAR, LEFT_OUT = (
    "waiting",
    "on its way",
    "taken",
    "refused",
    "unclear",
    "left out",
)
STATES = (WAITING, ON_ITS_WAY, TAKEN, REFUSED, UNCLEAR, LEFT_OUT)
# waiting: not handed over yet, or asked to come again · on its way: written before the mail server is spoken to · taken: the mail
# server took it · refused: it said no for good · unclear: it was cut off before it answered, and is never sent again · left out: its
# reader unsubscribed meanwhile, or the issue was taken back


def was_out(issue: str = "") -> Q:
    """Of issues (or of what has one, by the path to it): a reader has it or may have it. Before, a switch may keep it from everybody."""
    path = f"{issue}__" if issue else ""
    mails = Mail.objects.filter(issue=OuterRef(f"{path}pk"), state__in=(TAKEN, UNCLEAR))
    return Q(Exists(mails)) | Q(**{f"{path}state": SENT})


class Mails(models.QuerySet["Mail"]):
    def counted(self) -> dict[str, int]:
        """How many there are in each state, and what came back of them."""
        states = {state.replace(" ", "_"): Count("id", filter=Q(state=state)) for state in STATES}
        found: dict[str, int] = self.aggregate(
            every=Count("id"), untried=Count("id", filter=Q(state=WAITING, tries=0)),
            bounced=Count("id", filter=Q(bounced_at__isnull=False)),
            ended=Count("id", filter=Q(ended_at__isnull=False)), **states,
        )  # fmt: skip
        return found


class Mail(Row):
    """`again_at`: not before this instant; `code` and `said` the mail server's last answer. `bounced_at`: it came back; `ended_at`: its
    reader ended the newsletter by it."""

    issue = models.ForeignKey(Issue, on_delete=models.CASCADE, related_name="mails")
    subscriber = models.ForeignKey(Subscriber, on_delete=models.CASCADE, related_name="mails")
    state = models.CharField(max_length=10, choices=[(each, each) for each in STATES], default=WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True, blank=True, db_index=True)
    again_at = models.DateTimeField(null=True, blank=True)
    code = models.PositiveSmallIntegerField(null=True, blank=True)
    said = models.CharField(max_length=300, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = Mails.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["issue", "subscriber"], name="newsletter_one_mail_per_reader")]
        indexes = [models.Index(fields=["issue", "state", "again_at", "id"], name="newsletter_next")]

    def __str__(self) -> str:
        return self.shown_id
