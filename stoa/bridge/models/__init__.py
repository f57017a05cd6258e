"""The room's tables, one noun per file."""

from stoa.bridge.models.right import UsageRight, UsageRightEvent
from stoa.bridge.models.use import Use

__all__ = ["UsageRight", "UsageRightEvent", "Use"]
