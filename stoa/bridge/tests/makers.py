"""Makers of usage rights and uses for tests: this room's, and every higher one's."""

from collections.abc import Sequence
from datetime import timedelta

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.bridge.actions import Terms, ask_use, grant_use
from stoa.bridge.models import UsageRight
from stoa.bridge.words import own_words
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_topic
from stoa.people.tests.makers import actor_of
from stoa.social.networks.models import Channel
from stoa.social.publish import material
from stoa.social.publish.actions import Draft, VariantDraft, plan_post
from stoa.social.publish.models import Delivery
from stoa.spaces.tests.makers import make_staff

WORDS = "The zip moves again.\nA pencil was all it took."


def make_subject(words: str = WORDS, **given: object) -> Topic:
    return make_topic(source=words, **given)  # type: ignore[arg-type]


def terms(
    words: str, credit: str = "Amara, Brackwater", days: int = 30, channels: Sequence[int] = (), pictures: bool = False
) -> Terms:
    return Terms(words, credit, clock.now() + timedelta(days=days), channels, pictures)


def make_request(subject: Topic | Reply | None = None, *, by: Actor | None = None, **given: object) -> UsageRight:
    """A right that was asked for and not answered yet."""
    subject = subject or make_subject()
    wanted = terms(own_words(subject.html), **given)  # type: ignore[arg-type]
    return ask_use(subject, wanted, purpose="To show how a zip is saved.", by=by or make_staff("social_media_manager"))


def make_right(subject: Topic | Reply | None = None, **given: object) -> UsageRight:
    """A granted one."""
    right = make_request(subject, **given)  # type: ignore[arg-type]
    return grant_use(right, by=actor_of(right.author))


def make_use(right: UsageRight, channel: Channel, *, minutes: int = 0, text: str = "") -> Delivery:
    """A planned delivery that carries the right's words."""
    by = make_staff("social_media_manager")
    found = material.find("bridge.right", right.id, by=by)
    assert found
    wall = (clock.now() + timedelta(minutes=minutes)).replace(tzinfo=None) if minutes else None
    draft = Draft(text=text or found.text, target="/join/")
    post = plan_post(by=by, variants=[VariantDraft(channel)], material=found, draft=draft, wall=wall, zone="UTC")
    return Delivery.objects.get(post=post)
