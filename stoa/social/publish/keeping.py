"""What this room keeps of a person: what they wrote for the organisation. When they leave, the posts stay and their name goes."""

from typing import Any

from stoa.people.keeping import Keeping
from stoa.people.models import Person
from stoa.social.publish.models import Boost, Correction, Delivery, Link, Post, Schedule


def export(person: Person) -> dict[str, Any]:
    """The posts and answers that they wrote, and the links that they made."""
    answers = Delivery.objects.filter(by_id=person.id, post=None).order_by("id")
    return {
        "posts": [
            {"id": post.shown_id, "text": post.text, "state": post.state, "at": post.at and post.at.isoformat()}
            for post in Post.objects.filter(by=person).order_by("id")
        ],
        "answers": [
            {"id": each.shown_id, "text": each.text, "at": each.made_at.isoformat(), "address": each.address}
            for each in answers
        ],
        "corrections": [
            {"delivery": each.delivery.shown_id, "text": each.words, "at": each.asked_at.isoformat()}
            for each in Correction.objects.filter(by_id=person.id).select_related("delivery").order_by("id")
        ],
        "boosts": [
            {"delivery": each.delivery.shown_id, "note": each.note, "at": each.made_at.isoformat()}
            for each in Boost.objects.filter(by_id=person.id).select_related("delivery").order_by("id")
        ],
        "schedules": [
            {"id": each.shown_id, "post": each.post.shown_id, "state": each.state, "made_at": each.made_at.isoformat()}
            for each in Schedule.objects.filter(kept_by=person).select_related("post").order_by("id")
        ],
        "links": [
            {"code": link.code, "target": link.target, "made_at": link.made_at.isoformat()}
            for link in Link.objects.filter(by_id=person.id).order_by("id")
        ],
    }


def erase(person: Person) -> None:
    """Nothing says any more who wrote or planned it. What they repeated stops with its next time, until somebody else keeps it."""
    Schedule.objects.filter(kept_by=person).update(kept_by=None)
    Post.objects.filter(by=person).update(by=None)
    Delivery.objects.filter(by_id=person.id).update(by_id=None)
    Correction.objects.filter(by_id=person.id).update(by_id=None)
    Link.objects.filter(by_id=person.id).update(by_id=None)
    Boost.objects.filter(by_id=person.id).update(by_id=None)


KEEPING = Keeping("publish", export, erase)
