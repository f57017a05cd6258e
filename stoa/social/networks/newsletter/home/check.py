"""Does it still fit: every mail of an issue that is sent has an end, nobody's address stands twice on a list, what is sending is due."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count

from stoa.social.networks.newsletter.home.models import Issue, Mail, Subscriber
from stoa.social.networks.newsletter.home.models.issue import SENDING
from stoa.social.networks.newsletter.home.models.mail import ON_ITS_WAY, WAITING
from stoa.social.networks.newsletter.home.models.subscriber import BOUNCED, ENDED


def check() -> Iterator[str]:
    open_mails = Mail.objects.filter(state__in=(WAITING, ON_ITS_WAY)).exclude(issue__state=SENDING).count()
    if open_mails:
        yield f"{open_mails} mails wait for an issue that is not being sent"
    idle = Issue.objects.filter(state=SENDING, due_at=None).count()
    if idle:
        yield f"{idle} issues are being sent and nothing is due"
    rows = Subscriber.objects.subscribed().values("newsletter", "address").annotate(n=Count("id")).filter(n__gt=1)
    if twice := rows.order_by().count():
        yield f"{twice} addresses stand twice on one list"
    kept = Subscriber.objects.filter(state=ENDED).exclude(ended_because=BOUNCED).exclude(address="").count()
    if kept:
        yield f"{kept} addresses of people who ended it are still kept"
