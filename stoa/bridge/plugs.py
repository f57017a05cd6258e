"""What this room brings to lower rooms' sockets."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.panels import panel
from stoa.bridge import gates, rights  # noqa: F401  (registers this room's gate and rights)
from stoa.bridge.drawing import draw_asking, draw_asking_for_reply
from stoa.bridge.keeping import KEEPING
from stoa.bridge.material import register_material
from stoa.bridge.models import UsageRight
from stoa.bridge.models.right import visible_rights
from stoa.bridge.noticing import register_notices
from stoa.community.talk.models import Reply, Topic
from stoa.people import keeping


def right_card(right: UsageRight) -> things.Card:
    return things.Card(
        right.topic.title, right.address, _("Usage right"), right.purpose, right.author.name, right.since
    )


things.register(things.Thing("bridge.right", visible_rights, right_card))
keeping.register(KEEPING)
register_notices()
register_material()


@panel("talk.topic.actions", queries=1)
def asking(request: HttpRequest, topic: Topic) -> str:
    return draw_asking(request, topic)


@panel("talk.reply.actions", queries=0)
def asking_for_reply(request: HttpRequest, reply: Reply) -> str:
    return draw_asking_for_reply(request, reply)
