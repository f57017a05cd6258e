"""Which pages elsewhere the desk of link cards may list."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from stoa.base.actors import Actor
from stoa.base.models import Linking, PageElsewhere
from stoa.community.talk.models import Reply, Topic


def known_pages(actor: Actor) -> QuerySet[PageElsewhere]:
    """Those to which a text links that the actor may see: what a closed space links to is nobody else's to know."""
    topics, replies = Topic.objects.visible_to(actor).values("id"), Reply.objects.visible_to(actor).values("id")
    seen = Q(thing_key="talk.topic", thing_id__in=topics) | Q(thing_key="talk.reply", thing_id__in=replies)
    return PageElsewhere.objects.visible_to(actor).filter(Exists(Linking.objects.filter(seen, page=OuterRef("pk"))))
