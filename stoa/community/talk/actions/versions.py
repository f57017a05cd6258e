"""Keeping what stood before a change, and emptying a version that must not be read any more."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.community.talk import options, policy
from stoa.community.talk.facts import VersionRemoved
from stoa.community.talk.models import Reply, Topic, Version

LONGEST_WHY = 120


def keep_version(written: Topic | Reply, title: str, source: str, why: str) -> None:
    """Before a change, in its transaction: keeps what stands there and says when that changed. Nothing is kept of what stands there only
    since a moment and was answered by nobody. The caller saves `edited_at`."""
    why = " ".join(why.split())
    if len(why) > LONGEST_WHY:
        raise Invalid(_("This is too long."), _("Keep it to 120 characters."), field="why")
    is_topic = isinstance(written, Topic)
    written.refresh_from_db(fields=["source", "edited_at", *(["title"] if is_topic else [])])
    before = written.title if isinstance(written, Topic) else ""
    if (before, written.source) == (title, source) or _is_fresh(written):
        return
    topic, reply = (written, None) if isinstance(written, Topic) else (written.topic, written)
    written.edited_at = clock.now()
    Version.objects.create(
        topic=topic, reply=reply, title=before, source=written.source, why=why, changed_at=written.edited_at
    )


def _is_fresh(written: Topic | Reply) -> bool:
    """Whether it stands there since a moment only, and nobody else has written after it."""
    if written.edited_at:
        return False
    since = written.opened_at if isinstance(written, Topic) else written.added_at
    if clock.now() - since >= timedelta(minutes=options.GRACE_MINUTES.get()):
        return False
    if isinstance(written, Topic):
        return not written.replies.exclude(author_id=written.author_id).exists()
    later = Reply.objects.filter(topic=written.topic_id, id__gt=written.id)
    return not later.exclude(author_id=written.author_id).exists()


def remove_version(version: Version, *, by: Actor) -> Version:
    """Leaves nothing of its words; that there was one stays. Removing twice changes nothing."""
    with transaction.atomic():
        if not policy.may_remove_version(by, version.topic):
            raise NotAllowed(_("You cannot remove former versions here."), _("The space's moderators can."))
        version = Version.objects.select_for_update(of=("self",)).select_related("topic__space").get(id=version.id)
        if not version.is_removed:
            version.title = version.source = version.why = ""
            version.removed_at, version.removed_by_id = clock.now(), by.person_id
            version.save(update_fields=["title", "source", "why", "removed_at", "removed_by"])
            announce(VersionRemoved(version.id, version.topic_id, version.topic.space_id, version.reply_id), by=by)
    return version
