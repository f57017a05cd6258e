"""Splitting a topic into two, and merging two into one. Replies keep their ids, authors, times and signs, and are seen from then on by
whoever sees the topic in which they stand."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock, files, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.talk import finding, policy
from stoa.community.talk.actions.cards import ask_for_cards
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.actions.topics import checked
from stoa.community.talk.facts import AcceptanceTakenBack, TopicOpened, TopicSplit
from stoa.community.talk.following import carry_to_split
from stoa.community.talk.models import Mark, Reply, Split, Topic, Version
from stoa.community.talk.models.reply import Replies
from stoa.community.talk.places import copy_places
from stoa.spaces.models import Space

MOST_PICKED = 1000


def split_topic(
    topic: Topic,
    picked: Collection[int],
    *,
    title: str,
    source: str,
    to: Space | None,
    by: Actor,
    and_after: bool = False,
) -> Topic:
    """Moves the picked replies (with `and_after` all that came after the last of them too) to a new topic, opened by `by` with some
    words of their own. It stands, in lists and in time, where the first of those replies stands."""
    title, written = checked(title, source)
    with transaction.atomic():
        to = _may_split(topic, to, by)
        moved = _picked(topic, picked, and_after, by)
        first, numbers = moved[0], [reply.id for reply in moved]
        new = Topic(
            id=ids.before(first.id), space=to, author_id=by.own_id, title=title, opened_at=first.added_at,
            bumped_at=first.added_at, reshaped_at=clock.now(),
        )  # fmt: skip
        new.set_text(files.take_pictures(written, ("talk.topic", new.id), by=by))
        new.save(force_insert=True)
        if topic.accepted_id in numbers:
            announce(AcceptanceTakenBack(topic.accepted_id, topic.id, topic.space_id), by=by)
            topic.accepted = None
        topic.reshaped_at = new.reshaped_at
        topic.save(update_fields=["accepted", "reshaped_at"])
        take_over(numbers, new)
        copy_places(topic, new)
        carry_to_split(topic, new, {reply.author_id for reply in moved})
        recount(topic)
        recount(new)
        finding.keep_topic(new)
        ask_for_cards(new, by=by)
        finding.keep_these(numbers, new)
        Split.objects.create(topic=topic, into=new, count=len(numbers), by_id=by.person_id)
        announce(TopicOpened(new.id, to.id, tuple(sorted(written.person_ids))), by=by)
        announce(TopicSplit(topic.id, topic.space_id, new.id, to.id, len(numbers)), by=by)
    return new


def take_over(numbers: Collection[int], into: Topic) -> None:
    """These replies, with their signs and former versions, stand in another topic."""
    for part in finding.batched(sorted(numbers)):
        for rows in (Mark.objects.filter(reply__in=part), Version.objects.filter(reply__in=part)):
            rows.update(topic=into)
        Reply.objects.filter(id__in=part).update(topic=into)


def _may_split(topic: Topic, to: Space | None, by: Actor) -> Space:
    if not policy.may_move_from(by, as_it_stands(topic)):
        raise NotAllowed(_("You cannot split this topic."), _("The space's moderators can."))
    if to is None:
        raise Invalid(_("Choose a space for the new topic."), field="space")
    to.refresh_from_db()
    if not policy.may_split_into(by, topic, to):
        raise NotAllowed(
            _("You cannot split this topic there."), _("It takes the right to move topics in both spaces.")
        )
    if topic.space.ask_team or to.ask_team:
        raise NotPossible(
            _("Where each member sees only their own topics, replies cannot be split from them."),
            _("Move the whole topic instead."),
        )
    return to


def _picked(topic: Topic, picked: Collection[int], and_after: bool, by: Actor) -> list[Reply]:
    """The replies that are meant, in their order. Raises `Invalid` where there are none, or too many to be named."""
    if len(picked) > MOST_PICKED:
        raise Invalid(
            _("Pick at most a thousand replies."),
            _("For more, pick the first and take everything after it."),
            field="picked",
        )
    there: Replies = Reply.objects.visible_to(by).filter(topic=topic)
    named = Q(id__in=picked)
    last = there.filter(named).order_by("-id").values_list("id", flat=True).first()
    if last is None:
        raise Invalid(_("Pick at least one reply."), field="picked")
    found = there.filter(named | Q(id__gt=last) if and_after else named)
    return list(found.only("id", "author_id", "added_at", "topic_id").in_order())
