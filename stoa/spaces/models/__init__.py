"""The room's tables, one noun per file."""

from stoa.spaces.models.entry import Application, BreakGlass
from stoa.spaces.models.heading import Heading
from stoa.spaces.models.invitation import Invitation, InvitationUse
from stoa.spaces.models.restriction import SpaceRestriction
from stoa.spaces.models.role import Grant, Role
from stoa.spaces.models.space import Space

__all__ = [
    "Application",
    "BreakGlass",
    "Grant",
    "Heading",
    "Invitation",
    "InvitationUse",
    "Role",
    "Space",
    "SpaceRestriction",
]
