"""Work of newsletters: issues that are being sent, turn by turn; addresses that are forgotten in time."""

from datetime import timedelta

from stoa.base import work
from stoa.base.work import every
from stoa.social.networks.newsletter.home.actions.sending import LEASE, carry_on
from stoa.social.networks.newsletter.home.actions.subscribing import forget_bounced
from stoa.social.networks.newsletter.home.models import Issue

work.register(work.Kind("newsletter.issue", Issue, carry_on, lease=LEASE, batch=1, at_once=1))


@every(timedelta(days=1), name="newsletter.forget_bounced")
def forget_what_bounced() -> None:
    forget_bounced()
