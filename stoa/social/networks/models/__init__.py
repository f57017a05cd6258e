"""This room's tables, one noun per file."""

from stoa.social.networks.models.budget import Budget
from stoa.social.networks.models.channel import Channel
from stoa.social.networks.models.hold import Hold
from stoa.social.networks.models.look import Look
from stoa.social.networks.models.signing import Application, SigningIn

__all__ = ["Application", "Budget", "Channel", "Hold", "Look", "SigningIn"]
