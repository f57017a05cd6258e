"""What this room brings to the calendar: posts, planned and out."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse

from stoa.base.actors import Actor
from stoa.base.desk import AgendaItem
from stoa.social.publish import policy
from stoa.social.publish.models import Delivery, Post
from stoa.social.publish.together import together

MOST = 500


def items(actor: Actor, start: datetime, end: datetime) -> Iterator[AgendaItem]:
    """Posts in [start, end): each with the state of every channel, never one word over three."""
    if not policy.may_see_posts(actor):
        return
    shown = Prefetch("deliveries", Delivery.objects.visible_to(actor).select_related("channel"))
    posts = Post.objects.visible_to(actor).filter(state="planned", at__gte=start, at__lt=end).prefetch_related(shown)
    for post in posts.order_by("at", "id")[:MOST]:
        states = dict.fromkeys(each.state[0] for each in together(post.deliveries.all()))
        yield AgendaItem(
            key=f"publish.post:{post.shown_id}", at=post.at or start, until=None, what=post.title,
            address=reverse("publish:post", args=[post.id]), wing="social", state=", ".join(states),
        )  # fmt: skip
