"""What this room keeps of a person: topics, replies, marks, saved searches, direct messages. Erased, the rows stay for those who answered,
without text or title."""

from typing import Any

from stoa.base import elsewhere, ids, search
from stoa.base.text import Authored
from stoa.community.talk import keeping_badges, keeping_direct, keeping_kinds, keeping_plans
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.models import (
    CaughtUp,
    DayHere,
    Digest,
    Introduction,
    MailedReply,
    Mark,
    Presence,
    Progress,
    Reply,
    SavedSearch,
    Topic,
    TrustCount,
    Unseen,
    Version,
    Welcome,
)
from stoa.people.keeping import Keeping
from stoa.people.models import Person


def export(person: Person) -> dict[str, Any]:
    """Everything that this person wrote here, as they typed it."""
    return {
        **_reading(person),
        **keeping_kinds.export(person),
        **_trust(person),
        "welcomes": _welcomes(person),
        **keeping_direct.export(person),
        **keeping_plans.export(person),
        "saved_searches": _saved(person),
        "topics": [
            {
                "id": row.shown_id,
                "title": row.title,
                "text": row.source,
                "at": row.opened_at.isoformat(),
                "presence": row.presence,
            }
            for row in Topic.objects.filter(author=person).order_by("id")
        ],
        "replies": [
            {
                "id": row.shown_id,
                "topic": row.topic.shown_id,
                "text": row.source,
                "at": row.added_at.isoformat(),
                "presence": row.presence,
            }
            for row in Reply.objects.filter(author=person).select_related("topic").order_by("id")
        ],
        "former_versions": _versions(person),
        "introductions": [
            {"to": row.welcomer.name, "of": row.newcomer.name, "interest": row.interest, "at": row.made_at.isoformat()}
            for row in Introduction.objects.of(person).select_related("welcomer", "newcomer").order_by("id")
        ],
        "marks": _marks(person),
        **keeping_badges.export(person),
        "out_of_sight": [row.at.isoformat() for row in Unseen.objects.filter(person=person)],
        **_told(person),
    }


def _marks(person: Person) -> list[dict[str, Any]]:
    """The signs that they left."""
    return [
        {
            "sign": row.sign,
            "topic": row.topic.shown_id,
            "reply": row.reply.shown_id if row.reply else None,
            "at": row.at.isoformat(),
        }
        for row in Mark.objects.filter(person=person).select_related("topic", "reply").order_by("id")
    ]


def _reading(person: Person) -> dict[str, Any]:
    """How far they have read."""
    return {
        "progress": [
            {"topic": row.topic.shown_id, "read_to": ids.shown(row.read_to), "at": row.at.isoformat()}
            for row in Progress.objects.filter(person=person).select_related("topic").order_by("id")
        ],
        "caught_up": [
            {
                "space": row.space.shown_id if row.space else None,
                "read_to": ids.shown(row.read_to),
                "at": row.at.isoformat(),
            }
            for row in CaughtUp.objects.filter(person=person).select_related("space").order_by("id")
        ],
    }


def _welcomes(person: Person) -> list[dict[str, Any]]:
    rows = Welcome.objects.of(person).select_related("newcomer", "by", "topic").order_by("id")
    return [
        {
            "of": row.newcomer.name,
            "by": row.by.name,
            "topic": row.topic and row.topic.shown_id,
            "at": row.at.isoformat(),
        }
        for row in rows
    ]


def _trust(person: Person) -> dict[str, Any]:
    """What trust is counted from, and when it was counted last."""
    days = DayHere.objects.filter(person=person).order_by("day").values("day", "topics", "replies", "seconds", "at")
    counted = TrustCount.objects.filter(person=person).values("counted_at", "missing_since")
    return {"days_here": list(days), "trust_counted": list(counted)}


def _told(person: Person) -> dict[str, Any]:
    """What came of their answers by mail, and how they are told by digest."""
    return {
        "answers_by_mail": [
            {"topic": row.topic.shown_id if row.topic else None, "outcome": row.outcome, "at": row.at.isoformat()}
            for row in MailedReply.objects.filter(person=person).select_related("topic").order_by("id")
        ],
        "digest": [
            {"rhythm": row.rhythm, "told_to": row.told_to.isoformat()} for row in Digest.objects.filter(person=person)
        ],
    }


def _versions(person: Person) -> list[dict[str, Any]]:
    """What stood in their topics and replies before they changed it."""
    return [
        {
            "of": row.of.shown_id,
            "title": row.title,
            "text": row.source,
            "changed_at": row.changed_at.isoformat(),
            "why": row.why,
        }
        for row in Version.objects.by(person).select_related("topic", "reply").order_by("id")
    ]


def _saved(person: Person) -> list[dict[str, Any]]:
    kept = SavedSearch.objects.filter(person=person).order_by("id")
    return [{"question": row.asked, "at": row.made_at.isoformat()} for row in kept]


def erase(person: Person) -> None:
    """Forgets their introductions and marks, empties their topics and replies. A topic that others answered keeps its place, so that their
    words still stand somewhere; any other goes."""
    keeping_kinds.erase(person)
    keeping_direct.erase(person)
    keeping_plans.erase(person)
    keeping_badges.erase(person)
    Introduction.objects.of(person).delete()
    Welcome.objects.of(person).delete()
    for kind in (Mark, Progress, CaughtUp, DayHere, TrustCount, Digest, MailedReply, Unseen):
        kind.objects.filter(person=person).delete()
    SavedSearch.objects.filter(person=person).delete()
    Version.objects.by(person).delete()
    replies = Reply.objects.filter(author=person)
    answered = {reply.topic_id: reply.topic for reply in replies.select_related("topic")}
    for reply in replies:
        reply.erase_text()
        reply.presence = Presence.WITHDRAWN
        reply.save(update_fields=[*Authored.TEXT_FIELDS, "presence"])
        search.remove("talk.reply", reply.id)
        elsewhere.unlink([reply.id])
    for topic in answered.values():
        recount(topic)
    for topic in Topic.objects.filter(author=person):
        topic.erase_text()
        topic.title, topic.tagged = "—", ""
        if topic.is_here and not topic.replies_count:
            topic.presence = Presence.WITHDRAWN
        topic.save(update_fields=[*Authored.TEXT_FIELDS, "title", "tagged", "presence"])
        search.remove("talk.topic", topic.id)
        elsewhere.unlink([topic.id])
    keeping_badges.settle_others(person)


KEEPING = Keeping("talk", export, erase)
