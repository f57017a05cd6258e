"""Who may do what with posts and deliveries: pure functions of the Actor and rows. Rights are held in the site or for one channel."""

from collections.abc import Iterable

from stoa.base.actors import Actor
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery, Post, ScheduleChannel


def may_see_posts(actor: Actor) -> bool:
    return actor.may("publish.see") or bool(actor.scope_ids("channel", "publish.see"))


def may_compose(actor: Actor) -> bool:
    """Write posts at all: for any channel."""
    return actor.may("publish.plan") or bool(actor.scope_ids("channel", "publish.plan"))


def may_plan(actor: Actor, channel: Channel) -> bool:
    """Let something go out on this channel."""
    return actor.may("publish.plan", channel.scope)


def may_repeat(actor: Actor, channels: Iterable[Channel]) -> bool:
    """Let something go out again and again on these channels, change and stop it: on each of them."""
    return all(may_plan(actor, each) for each in channels)


def may_answer(actor: Actor, channel: Channel) -> bool:
    return actor.may("publish.answer", channel.scope)


def may_reword(actor: Actor, post: Post) -> bool:
    """Change what a post says to every channel. What is repeated goes out later, in its keeper's name, on all channels of its schedules:
    only whoever may let something go out on each of them."""
    if actor.may("publish.plan"):
        return True
    places = ScheduleChannel.objects.filter(schedule__post=post)
    return may_repeat(actor, Channel.objects.filter(id__in=places.values("channel")))


def may_edit_draft(actor: Actor, post: Post) -> bool:
    return post.is_draft and may_compose(actor) and may_reword(actor, post)


def may_withdraw(actor: Actor, delivery: Delivery) -> bool:
    """Take down or keep back. The system does so when a right is taken back."""
    return actor.is_system or actor.may("publish.plan", delivery.channel.scope)


def may_decide(actor: Actor, delivery: Delivery) -> bool:
    """Answer what a delivery asks: it is there, send again, let it go."""
    return actor.may("publish.plan", delivery.channel.scope)


def may_erase(actor: Actor) -> bool:
    """Nobody empties what was sent but the house, when the author of the words has left."""
    return actor.is_system


def may_mint(actor: Actor) -> bool:
    return actor.is_system or may_compose(actor)
