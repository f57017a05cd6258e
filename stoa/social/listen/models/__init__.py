"""This room's tables, one noun per file."""

from stoa.social.listen.models.appearance import Appearance, FollowerCount
from stoa.social.listen.models.conversation import Conversation
from stoa.social.listen.models.fetch import Fetch
from stoa.social.listen.models.mention import Mention
from stoa.social.listen.models.message import Message
from stoa.social.listen.models.reading import Measuring, Reading

__all__ = ["Appearance", "Conversation", "Fetch", "FollowerCount", "Measuring", "Mention", "Message", "Reading"]
