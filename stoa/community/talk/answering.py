"""Where letters about topics are answered by mail: the address in their head, and the sentence below their text."""

from django.utils import translation
from django.utils.translation import gettext as _

from stoa.base import actors, mail
from stoa.base.models.letter import Letter
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.options import REPLY_DOMAIN
from stoa.community.talk.policy import may_reply
from stoa.community.talk.reply_addresses import reply_address

KINDS = ("talk.reply", "talk.mention", "talk.call", "talk.topic", "talk.idea", "talk.settled", "talk.thanks")


@mail.answered_at
def where_to_answer(letter: Letter) -> tuple[str, str] | None:
    """For who may reply there at this moment, where a domain is set."""
    if not REPLY_DOMAIN.get() or not letter.person_id or letter.kind not in KINDS:
        return None
    number = letter.thing_id or 0
    if letter.thing_key == "talk.reply":
        number = Reply.objects.filter(id=number).values_list("topic_id", flat=True).first() or 0
    reader = actors.of_person(letter.person_id)
    topic = Topic.objects.visible_to(reader).filter(id=number).select_related("space").first()
    if topic is None or not may_reply(reader, topic):
        return None
    with translation.override(reader.language):
        return reply_address(reader.own_id, topic.id), _("Answer this mail to reply in the topic.")
