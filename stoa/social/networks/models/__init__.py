"""This room's tables, one noun per file."""

from stoa.social.networks.models.budget import Budget
from stoa.social.networks.models.channel import Channel
from stoa.social.networks.models.hold import Hold

__all__ = ["Budget", "Channel", "Hold"]
