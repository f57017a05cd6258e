"""Rights and loops go with words that were split off or merged into another topic. May run twice."""

from django.db import transaction
from django.db.models import F

from stoa.base.actors import system
from stoa.bridge.actions.loops import answer_loops
from stoa.bridge.actions.rights import locked, note
from stoa.bridge.models import Loop, UsageRight
from stoa.community.talk.models import Presence, Reply

HOUSE = system("bridge")


def carry_rights(topic_id: int) -> int:
    """Rights for replies that stand in this topic now; says how many stood elsewhere."""
    astray = UsageRight.objects.filter(reply__topic=topic_id).exclude(topic=F("reply__topic"))
    return UsageRight.objects.filter(id__in=list(astray.values_list("id", flat=True))).update(topic=topic_id)


def carry_rights_of_words(topic_id: int, into_id: int, reply_id: int) -> None:
    """Rights for a topic's own words, which are a reply in another one now. What was agreed stays as it was; its ledger gets a line,
    because each line is proof of the place too."""
    for right in UsageRight.objects.filter(topic=topic_id, reply=None).order_by("id"):
        with transaction.atomic():
            moved = locked(right)
            moved.topic_id, moved.reply_id = into_id, reply_id
            moved.save(update_fields=["topic", "reply"])
            note(moved, by=HOUSE)


def carry_loops(topic_id: int, into_id: int) -> None:
    """Loops go on in the other topic, beside those that it has; an answer that is there already counts."""
    for loop in Loop.objects.filter(topic=topic_id).order_by("id"):
        Loop.objects.filter(id=loop.id).update(topic=into_id)
        there = Reply.objects.filter(topic=into_id, presence=Presence.HERE, added_at__gte=loop.opened_at)
        answer = there.exclude(author=loop.by_id).order_by("id").first()
        if answer is not None:
            answer_loops(into_id, answer.id)
