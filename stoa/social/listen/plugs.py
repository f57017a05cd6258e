"""What this room brings to lower rooms' sockets."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.live import may_hear
from stoa.base.panels import panel
from stoa.moderation import subjects
from stoa.people import keeping
from stoa.social.listen import options, rights  # noqa: F401  (registers this room's options and rights)
from stoa.social.listen.judging import MESSAGE
from stoa.social.listen.keeping import KEEPING
from stoa.social.listen.models import Conversation, Message
from stoa.social.listen.models.conversation import visible_conversations
from stoa.social.listen.models.message import visible_messages
from stoa.social.listen.numbers import draw_numbers
from stoa.social.listen.policy import may_read_channel
from stoa.social.listen.waiting import register_waiting
from stoa.social.publish.models import Post


def conversation_card(conversation: Conversation) -> things.Card:
    who = conversation.with_whom or _("Somebody")
    title = _("%(who)s on %(channel)s") % {"who": who, "channel": conversation.channel.title}
    return things.Card(title, conversation.address, _("Conversation"), "", who, conversation.last_at)


def message_card(message: Message) -> things.Card:
    about = message.conversation
    who = message.channel.title if message.is_ours else about.with_whom or _("Somebody")
    title = _("%(who)s on %(channel)s") % {"who": who, "channel": message.channel.title}
    address = f"{about.address}#m{message.shown_id}"
    return things.Card(title, address, _("Message"), message.words[:160], who, message.at)


@may_hear("listen.channel")
def may_hear_channel(actor: Actor, number: int) -> bool:
    """Whoever reads that channel's inbox."""
    return may_read_channel(actor, number)


@panel("publish.post.content", queries=2)
def numbers_of_post(request: HttpRequest, post: Post) -> str:
    return draw_numbers(request, post)


things.register(things.Thing("listen.conversation", visible_conversations, conversation_card))
things.register(things.Thing("listen.message", visible_messages, message_card))
keeping.register(KEEPING)
subjects.register(MESSAGE)
register_waiting()
