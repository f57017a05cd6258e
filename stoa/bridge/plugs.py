"""What this room brings to lower rooms' sockets."""

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.bridge import gates, rights  # noqa: F401  (registers this room's gate and rights)
from stoa.bridge.actions import keep_click
from stoa.bridge.drawing import (
    draw_asking,
    draw_asking_for_reply,
    draw_loop,
    draw_record,
    draw_shared,
    draw_story,
    draw_words,
)
from stoa.bridge.keeping import KEEPING
from stoa.bridge.material import register_material
from stoa.bridge.models import Campaign, UsageRight
from stoa.bridge.models.campaign import visible_campaigns
from stoa.bridge.models.right import visible_rights
from stoa.bridge.noticing import register_notices
from stoa.bridge.origin import STEP
from stoa.community.talk.models import Reply, Topic
from stoa.people import door, keeping
from stoa.social.listen.models import Conversation
from stoa.social.publish.models import Link
from stoa.social.publish.visits import visited


def right_card(right: UsageRight) -> things.Card:
    return things.Card(
        right.topic.title, right.address, _("Usage right"), right.purpose, right.author.name, right.since
    )


def campaign_card(campaign: Campaign) -> things.Card:
    return things.Card(campaign.name, campaign.address, _("Campaign"), campaign.goal, at=campaign.starts_at)


things.register(things.Thing("bridge.right", visible_rights, right_card))
things.register(things.Thing("bridge.campaign", visible_campaigns, campaign_card))
keeping.register(KEEPING)
door.register(STEP)
register_notices()
register_material()


@panel("talk.topic.actions", queries=1)
def asking(request: HttpRequest, topic: Topic) -> str:
    return draw_asking(request, topic)


@panel("talk.reply.actions", queries=0)
def asking_for_reply(request: HttpRequest, reply: Reply) -> str:
    return draw_asking_for_reply(request, reply)


@panel("people.join", queries=1)
def words_of_campaign(request: HttpRequest, code: str) -> str:
    return draw_words(request, code)


@panel("talk.topic.story", queries=3)
def story_of_topic(request: HttpRequest, topic: Topic) -> str:
    return draw_story(request, topic)


@panel("listen.conversation.actions", queries=1)
def loop_of_conversation(request: HttpRequest, conversation: Conversation) -> str:
    return draw_loop(request, conversation)


@panel("listen.conversation.aside", queries=8)
def record_of_who_speaks(request: HttpRequest, conversation: Conversation) -> str:
    return draw_record(request, conversation)


@panel("front.home.stories", queries=1)
def shared_stories(request: HttpRequest, actor: Actor) -> str:
    return draw_shared(request)


@visited("bridge.touches")
def keep_visit(link: Link, by: Actor) -> None:
    keep_click(link, by=by)
