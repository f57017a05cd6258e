"""This room's tables, one noun per file."""

from stoa.social.listen.models.conversation import Conversation
from stoa.social.listen.models.fetch import Fetch
from stoa.social.listen.models.mention import Mention
from stoa.social.listen.models.message import Message
from stoa.social.listen.models.reading import Measuring, Reading

__all__ = ["Conversation", "Fetch", "Measuring", "Mention", "Message", "Reading"]
