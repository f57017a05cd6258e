"""What this room keeps of a person in badges: those that they have, those that they gave, and what they hide."""

from typing import Any

from stoa.base import actors
from stoa.community.talk.actions.badges import forget_badges, settle_badges
from stoa.community.talk.badge_telling import holders_by, name_of, what_of
from stoa.community.talk.facts import BadgeKey
from stoa.community.talk.models import Badge, BadgeHidden, Reply, Topic
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    had = Badge.objects.filter(person=person).prefetch_related("evidence").order_by("id")
    return {
        "badges": [
            {
                "name": name_of(row), "what": what_of(row), "at": row.at.isoformat(),
                "for": [f"{each.thing_key} {each.thing_id}" for each in row.evidence.all()],
            }
            for row in had
        ],
        "badges_given": [
            {"to": row.person.name, "name": row.name, "words": row.words, "at": row.at.isoformat()}
            for row in Badge.objects.filter(by_id=person.id).select_related("person").order_by("id")
        ],
        "badges_hidden": list(BadgeHidden.objects.filter(person=person).values_list("key", flat=True)),
    }  # fmt: skip


def erase(person: Person) -> None:
    forget_badges(person)


def settle_others(person: Person) -> None:
    """Others' badges that stood on what this person opened: some of it is not here any more."""
    topics = set(Topic.objects.filter(author=person).values_list("id", flat=True))
    topics |= set(Reply.objects.filter(author=person).values_list("topic", flat=True))
    welcomers = Badge.objects.filter(key=BadgeKey.WELCOMED_TEN).values_list("person", flat=True)
    settle_badges((holders_by(topics) | set(welcomers)) - {person.id}, by=actors.system("talk"))
