"""Opening, editing, moving and withdrawing a topic."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.base.text import Authored, Written, write
from stoa.base.text.source import NO_GROUPS
from stoa.community.talk import finding, newcomers, policy
from stoa.community.talk.actions.beginnings import begin, keep_poll
from stoa.community.talk.actions.cards import ask_for_cards
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.actions.tags import put_tags
from stoa.community.talk.actions.versions import keep_version
from stoa.community.talk.calls import called_before
from stoa.community.talk.facts import TopicEdited, TopicMoved, TopicOpened, TopicWithdrawn
from stoa.community.talk.kinds import Particulars
from stoa.community.talk.models import Presence, Topic
from stoa.community.talk.models.topic import LONGEST_TITLE
from stoa.spaces.actions.calling import take_call
from stoa.spaces.actions.keeping_out import refuse_restricted
from stoa.spaces.calling import callable_by
from stoa.spaces.models import Space

PLAIN = Particulars()


def open_topic(
    space: Space,
    *,
    title: str,
    source: str,
    by: Actor,
    kind: str = Topic.Kind.DISCUSSION,
    particulars: Particulars = PLAIN,
) -> Topic:
    """Opens a topic. Pictures in the text, brought by the same person, belong to it from now on."""
    title, written = checked(title, source, callable_by(by, space))
    with transaction.atomic():
        space.refresh_from_db()
        refuse_restricted(space, by=by)
        if not policy.may_open_topic(by, space):
            raise NotAllowed(_("You cannot open a topic in this space."), _("Join the space first, or choose another."))
        newcomers.check_topics(space, by=by)
        newcomers.check_text(written, space, by=by)
        take_call(written.groups, space, by=by)
        now = clock.now()
        topic = Topic(space=space, author_id=by.own_id, kind=kind, title=title, opened_at=now, bumped_at=now)
        begin(topic, particulars, by)
        topic.set_text(files.take_pictures(written, ("talk.topic", topic.id), by=by))
        topic.save(force_insert=True)
        keep_poll(topic, particulars.poll)
        put_tags(topic, particulars.tags)
        finding.keep_topic(topic)
        ask_for_cards(topic, by=by)
        announce(TopicOpened(topic.id, space.id, tuple(sorted(written.person_ids))), by=by)
    return topic


def edit_topic(topic: Topic, *, title: str, source: str, by: Actor, why: str = "") -> Topic:
    """Changes title and text; the author's alone. What stood before is kept, unless it stood only for a moment."""
    title, written = checked(title, source, called_before(topic, topic.space, by))
    with transaction.atomic():
        if not policy.may_edit_topic(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot edit this topic."), _("Only its author can, while the space takes writing."))
        newcomers.check_text(written, topic.space, by=by)
        keep_version(topic, title, written.source, why)
        topic.title = title
        topic.set_text(files.take_pictures(written, ("talk.topic", topic.id), by=by))
        topic.save(update_fields=["title", "edited_at", *Authored.TEXT_FIELDS])
        finding.keep_topic(topic)
        ask_for_cards(topic, by=by, is_new=False)
        announce(TopicEdited(topic.id, topic.space_id), by=by)
    return topic


def move_topic(topic: Topic, *, to: Space | None, by: Actor) -> Topic:
    """Moves a topic to another space; from then on that space's visibility holds, in search too."""
    with transaction.atomic():
        if not policy.may_move_from(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot move this topic."), _("The space's moderators can."))
        if to is None:
            raise Invalid(_("Choose a space to move it to."), field="space")
        to.refresh_from_db()
        if not policy.may_move_topic(by, topic, to):
            raise NotAllowed(
                _("You cannot move this topic there."), _("It takes the right to move topics in both spaces.")
            )
        before, topic.space = topic.space_id, to
        topic.save(update_fields=["space"])
        finding.keep_topic(topic)
        finding.keep_replies(topic)
        announce(TopicMoved(topic.id, to.id, before), by=by)
    return topic


def withdraw_topic(topic: Topic, *, by: Actor) -> Topic:
    """The author takes their topic back: it leaves every list and the search."""
    with transaction.atomic():
        if not policy.may_withdraw(by, as_it_stands(topic)):
            raise NotAllowed(_("You cannot withdraw this topic."), _("Only its author can."))
        topic.presence = Presence.WITHDRAWN
        topic.save(update_fields=["presence"])
        finding.drop_topic(topic)
        announce(TopicWithdrawn(topic.id, topic.space_id), by=by)
    return topic


def checked(title: str, source: str, groups: Mapping[str, str] = NO_GROUPS) -> tuple[str, Written]:
    """Title and text as they may be kept. Raises `Invalid` beside the field that is to blame."""
    title = " ".join(title.split())
    if not title:
        raise Invalid(_("Give your topic a title."), field="title")
    if len(title) > LONGEST_TITLE:
        raise Invalid(_("The title is too long."), _("Keep it to 160 characters."), field="title")
    return title, written_or_invalid(source, groups)


def written_or_invalid(source: str, groups: Mapping[str, str] = NO_GROUPS) -> Written:
    """The text as it may be kept, with the groups that its writer may call. Raises `Invalid` when there is none."""
    written = write(source, groups=groups)
    if written.is_empty:
        raise Invalid(_("Write something first."), field="source")
    return written
