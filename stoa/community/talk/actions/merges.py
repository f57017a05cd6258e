"""Merging a topic into an older one: its text becomes a reply there, its replies follow in the order of time."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, elsewhere, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.text import Authored
from stoa.community.talk import finding, policy
from stoa.community.talk.actions.counting import recount
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.actions.shapes import take_over
from stoa.community.talk.facts import TopicMerged
from stoa.community.talk.following import carry_to_merged
from stoa.community.talk.models import IdeaVote, Mark, Presence, Reply, Split, Topic, TopicTag, TopTopic, Version
from stoa.community.talk.places import join_places
from stoa.people.actions.carrying import carry_bookmarks, carry_notices

LEFT = (
    "presence", "merged_into", "tagged", "pinned_until", "accepted", "votes_count", "slow_minutes", "slow_until",
    "reshaped_at", *Authored.TEXT_FIELDS,
)  # fmt: skip


def merge_topic(topic: Topic, *, into: Topic | None, by: Actor) -> Topic:
    """Puts a topic into another, opened before it, and gives that one. Its address leads there from now on."""
    with transaction.atomic():
        into = _may_merge(topic, into, by)
        numbers = list(topic.replies.order_by("id").values_list("id", flat=True))
        join_places(topic, into)
        finding.drop_topic(topic)
        words = _as_reply(topic, into)
        topic.replies.filter(answers=None).exclude(author=topic.author_id).update(answers=words)  # whom they spoke to
        take_over(numbers, into)
        _hand_over(topic, words, into)
        if into.kind == Topic.Kind.QUESTION and into.accepted_id is None:
            into.accepted_id = topic.accepted_id
        into.reshaped_at = clock.now()
        into.save(update_fields=["accepted", "reshaped_at"])
        _empty(topic, into)
        recount(topic)
        recount(into)
        finding.keep_topic(into)
        finding.keep_these([words.id, *numbers], into)
        announce(TopicMerged(topic.id, topic.space_id, into.id, into.space_id, words.id), by=by)
    return into


def _may_merge(topic: Topic, into: Topic | None, by: Actor) -> Topic:
    """The other topic as it stands; both are locked in one order, so that two who merge at once do not wait for each other."""
    if into is None or into.id == topic.id:
        raise Invalid(_("Choose the topic into which this one goes."), field="into")
    for each in sorted((topic, into), key=lambda each: each.id):
        as_it_stands(each)
        each.refresh_from_db(fields=["title", "edited_at", "votes_count", *Authored.TEXT_FIELDS])
    if not policy.may_move_from(by, topic):
        raise NotAllowed(_("You cannot merge this topic."), _("The space's moderators can."))
    if not (into.is_here and policy.may_move_topic(by, topic, into.space)):
        raise NotAllowed(
            _("You cannot merge it into that topic."), _("It takes the right to move topics in both spaces.")
        )
    if reason := why_not(topic, into):
        raise NotPossible(*reason)
    return into


def why_not(topic: Topic, into: Topic) -> tuple[str, str] | None:
    """The reason for which these two cannot become one, and the way to mend it; None where they can."""
    if into.id > topic.id:
        return _("That topic was opened later."), _("Merge it into this one instead: what was said first stands first.")
    if topic.kind == Topic.Kind.POLL:
        return _("This is a poll: its ballots would be lost."), _("Close it and link to it instead.")
    if topic.kind == Topic.Kind.IDEA and topic.outcomes.exists():
        return _("It has been said what becomes of this idea; that would be lost."), _(
            "Close it and link to it instead."
        )
    if topic.votes_count and into.kind != Topic.Kind.IDEA:
        return _("People have voted for this idea; their votes would be lost."), _("Merge it into another idea.")
    if (topic.space.ask_team or into.space.ask_team) and topic.author_id != into.author_id:
        return _("Where each member sees only their own topics, those of two people cannot become one."), ""
    return None


def _as_reply(topic: Topic, into: Topic) -> Reply:
    """Its text as a reply, with the topic's own number: so it stands in time, and for readers, where it stood."""
    words = Reply(
        id=topic.id, topic=into, author_id=topic.author_id, added_at=topic.opened_at, edited_at=topic.edited_at
    )
    for name in Authored.TEXT_FIELDS:
        setattr(words, name, getattr(topic, name))
    words.save(force_insert=True)
    for kept in (files, elsewhere):
        kept.hand_over(("talk.topic", topic.id), ("talk.reply", words.id))
    Mark.objects.filter(topic=topic, reply=None).update(topic=into, reply=words)
    Version.objects.filter(topic=topic, reply=None).update(topic=into, reply=words, title="")
    return words


def _hand_over(topic: Topic, words: Reply, into: Topic) -> None:
    """Votes, lines of earlier splits and merges, and what people keep about it."""
    if topic.kind == Topic.Kind.IDEA:
        voted = IdeaVote.objects.filter(topic=into).values("person")
        topic.idea_votes.exclude(person__in=voted).update(topic=into)
        topic.idea_votes.all().delete()
        if into.kind == Topic.Kind.IDEA:
            Topic.objects.filter(id=into.id).update(votes_count=IdeaVote.objects.filter(topic=into).count())
    Split.objects.filter(into=topic).update(into=into)
    Split.objects.filter(topic=topic).update(topic=into)
    Topic.objects.filter(merged_into=topic).update(merged_into=into)
    TopTopic.objects.filter(topic=topic).delete()
    TopicTag.objects.filter(topic=topic).delete()
    carry_to_merged(topic, into)
    before = ("talk.topic", topic.id)
    carry_bookmarks(before, ("talk.reply", words.id))
    carry_notices(before, ("talk.topic", into.id), kinds=("talk.reply",))
    carry_notices(before, ("talk.reply", words.id))


def _empty(topic: Topic, into: Topic) -> None:
    """Only its title stays, for the line that says what was merged, and the way to where its words are."""
    topic.erase_text()
    topic.presence, topic.merged_into, topic.tagged = Presence.MERGED, into, ""
    topic.pinned_until = topic.accepted = topic.slow_until = None
    topic.votes_count = topic.slow_minutes = 0
    topic.reshaped_at = clock.now()
    topic.save(update_fields=LEFT)
