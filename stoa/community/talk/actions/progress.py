"""How far people have read: it comes by beacon, in batches, and never goes back. No facts: nobody else is to know."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.community.talk import policy
from stoa.community.talk.actions.days import note_reading
from stoa.community.talk.models import CaughtUp, Presence, Progress, Reply, Topic
from stoa.people.actions.notice import read_about
from stoa.spaces.models import Space

REST = (1 << 22) - 1  # the random part of an id


def read_topic(topic: Topic, to: int, *, by: Actor) -> int:
    """This person has read the topic up to the id `to`, as far as they may see it; gives the id that was reached."""
    if not policy.may_keep_place(by):
        raise NotAllowed(_("Members have a place where they stopped."), _("Join, or sign in."))
    replies = Reply.objects.visible_to(by).filter(topic=topic)
    last = replies.filter(id__lte=to).order_by("-id").values_list("id", flat=True).first()
    reached = max(last or 0, topic.id)
    with transaction.atomic():
        row, made = Progress.objects.get_or_create(
            person_id=by.own_id, topic=topic, defaults={"read_to": reached, "at": clock.now()}
        )
        before = 0 if made else row.read_to
        if reached > before:
            fresh = replies.filter(id__gt=before, id__lte=reached, presence=Presence.HERE).exclude(author_id=by.own_id)
            note_reading(topics=int(made), replies=fresh.count(), by=by)
        if not made:
            further = Progress.objects.filter(id=row.id, read_to__lt=reached)
            further.update(read_to=reached, at=clock.now())
        read_about("talk.reply", replies.filter(id__lte=reached).values("id"), by=by)
        if not replies.filter(id__gt=reached, presence=Presence.HERE).exists():
            read_about("talk.topic", [topic.id], by=by)
    return reached


def catch_up(space: Space | None, *, by: Actor, to: int | None = None) -> None:
    """Calls all that stands in a space read, or all there is; `to` is the last id that counts, now's where none is given."""
    if not policy.may_keep_place(by):
        raise NotAllowed(_("Members have a place where they stopped."), _("Join, or sign in."))
    reached = ids.at(clock.now()) | REST if to is None else to
    with transaction.atomic():
        row, made = CaughtUp.objects.get_or_create(person_id=by.own_id, space=space, defaults={"read_to": reached})
        if not made:
            CaughtUp.objects.filter(id=row.id, read_to__lt=reached).update(read_to=reached, at=clock.now())
