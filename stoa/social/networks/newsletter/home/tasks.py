"""Work of newsletters: issues that are being sent, turn by turn."""

from stoa.base import work
from stoa.social.networks.newsletter.home.actions.sending import LEASE, carry_on
from stoa.social.networks.newsletter.home.models import Issue

work.register(work.Kind("newsletter.issue", Issue, carry_on, lease=LEASE, batch=1, at_once=1))
