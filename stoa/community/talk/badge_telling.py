"""Badges as things and as notices: what they are called, what they are for, and how their holder is told."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from stoa.base import things
from stoa.base.things import Card
from stoa.community.talk.badges import definition_of
from stoa.community.talk.models import Badge, BadgeEvidence, Reply, visible_badges
from stoa.people import notices
from stoa.people.notices import NoticeKind

KIND = "talk.badge"


def name_of(badge: Badge) -> str:
    definition = definition_of(badge.key)
    return definition.name() if definition else badge.name


def what_of(badge: Badge) -> str:
    definition = definition_of(badge.key)
    return definition.what() if definition else badge.words


def badge_card(badge: Badge) -> Card:
    return Card(name_of(badge), badge.get_absolute_url(), _("Badge"), what_of(badge), at=badge.at)


def told(count: int, name: str, card: Card) -> str:
    words = {"name": name, "title": card.title, "what": card.excerpt}
    if name:
        return _("%(name)s gave you a badge, “%(title)s”: %(what)s") % words
    return _("You have a badge, “%(title)s”: %(what)s") % words


def register_badges() -> None:
    """Called once by the room's plugs."""
    things.register(things.Thing("talk.badge", visible_badges, badge_card))
    notices.register(
        NoticeKind(
            KIND, label=lambda: _("Badges for you"), sentence=told,
            what_to_do=lambda: _("See what it is for, or hide it."),
        )
    )  # fmt: skip


def holders_by(topic_ids: Collection[int]) -> set[int]:
    """Whose badges stand on something in these topics."""
    replies = Reply.objects.filter(topic__in=topic_ids).values("id")
    rows = BadgeEvidence.objects.filter(thing_key="talk.topic", thing_id__in=topic_ids)
    rows |= BadgeEvidence.objects.filter(thing_key="talk.reply", thing_id__in=replies)
    return set(rows.values_list("badge__person", flat=True))
