"""Newsletters, who gets them, their issues with their pictures, and the mails of each issue."""

from stoa.social.networks.newsletter.home.models.brought import Brought
from stoa.social.networks.newsletter.home.models.issue import Issue
from stoa.social.networks.newsletter.home.models.mail import Mail
from stoa.social.networks.newsletter.home.models.newsletter import Newsletter
from stoa.social.networks.newsletter.home.models.picture import Picture
from stoa.social.networks.newsletter.home.models.subscriber import Subscriber

__all__ = ["Brought", "Issue", "Mail", "Newsletter", "Picture", "Subscriber"]
