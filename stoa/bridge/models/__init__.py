"""The room's tables, one noun per file."""

from stoa.bridge.models.campaign import Campaign, Placement
from stoa.bridge.models.loop import Loop
from stoa.bridge.models.right import UsageRight, UsageRightEvent
from stoa.bridge.models.touch import HeardOf, Touch
from stoa.bridge.models.use import Use

__all__ = ["Campaign", "HeardOf", "Loop", "Placement", "Touch", "UsageRight", "UsageRightEvent", "Use"]
