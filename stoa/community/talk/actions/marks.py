"""Leaving a sign under a topic or a reply, and taking it back."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.talk import policy, signs
from stoa.community.talk.actions.current import as_it_stands
from stoa.community.talk.facts import Marked, MarkTakenBack
from stoa.community.talk.models import Mark, Reply, Topic
from stoa.community.talk.signs import Sign


def leave_mark(on: Topic | Reply, key: str, *, by: Actor) -> None:
    """Leaves a sign; leaving it twice changes nothing. Nobody thanks or helps themselves."""
    with transaction.atomic():
        topic, reply, sign = _may_be_left(on, key, by)
        if sign in signs.OWN and on.author_id == by.person_id:
            raise NotPossible(_("These words are your own."), _("Others can leave this sign."))
        _row, is_new = Mark.objects.get_or_create(topic=topic, reply=reply, person_id=by.own_id, sign=sign.key)
        if is_new:
            announce(Marked(topic.id, topic.space_id, sign.key, on.author_id, reply.id if reply else None), by=by)


def take_mark_back(on: Topic | Reply, key: str, *, by: Actor) -> None:
    """Takes one's own sign away; one that is not there is already gone."""
    with transaction.atomic():
        topic, reply = _place(on)
        if not policy.may_mark(by, topic):
            raise NotAllowed(_("You cannot change this here."), _("Join the space to take part."))
        gone, _rows = Mark.objects.filter(topic=topic, reply=reply, person_id=by.own_id, sign=key).delete()
        if gone:
            sign = signs.ALL[key].key
            announce(MarkTakenBack(topic.id, topic.space_id, sign, on.author_id, reply.id if reply else None), by=by)


def _may_be_left(on: Topic | Reply, key: str, by: Actor) -> tuple[Topic, Reply | None, Sign]:
    topic, reply = _place(on)
    sign = signs.known(key, "reply" if reply else "topic")
    if sign is None:
        raise Invalid(_("This community does not use that sign here."), field="sign")
    if not as_it_stands(on).is_here or not policy.may_mark(by, topic):
        raise NotAllowed(_("You cannot leave a sign here."), _("Join the space to take part."))
    return topic, reply, sign


def _place(on: Topic | Reply) -> tuple[Topic, Reply | None]:
    return (on.topic, on) if isinstance(on, Reply) else (on, None)
