"""Welcoming somebody in one's own words, and keeping words to begin with."""

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.community.talk import policy
from stoa.community.talk.actions.replies import add_reply
from stoa.community.talk.actions.topics import open_topic
from stoa.community.talk.facts import SavedWelcomeChanged, Welcomed
from stoa.community.talk.introducing import first_topic
from stoa.community.talk.models import SavedWelcome, Welcome
from stoa.community.talk.welcoming import checked_variables, left_open
from stoa.people.models import Person
from stoa.spaces.models import Space

MOST_SAVED = 30


def welcome(newcomer: Person, source: str, *, space: Space | None = None, by: Actor) -> Welcome:
    """Answers their first topic where there is one and it takes replies, else opens one in `space` that names them."""
    if not policy.may_introduce(by) or newcomer.id == by.person_id:
        raise NotAllowed(_("Welcoming newcomers is for the team."))
    if open_variables := left_open(source):
        raise Invalid(_("Write this part yourself: {%(name)s}") % {"name": open_variables[0]}, field="source")
    with transaction.atomic():
        newcomer = Person.objects.select_for_update().get(id=newcomer.id)
        if Welcome.objects.filter(newcomer=newcomer).exists():
            raise NotPossible(_("Somebody has welcomed them already."))
        topic, reply = first_topic(newcomer), None
        if topic and policy.may_reply(by, topic):
            reply = add_reply(topic, source=source, by=by)
        elif space is None:
            raise Invalid(_("Choose a space in which to welcome them."), field="space")
        else:
            title = _("Welcome, %(name)s") % {"name": newcomer.name}
            topic = open_topic(space, title=title, source=source, by=by)
        made = Welcome.objects.create(newcomer=newcomer, by_id=by.own_id, topic=topic, reply=reply)
        announce(Welcomed(newcomer.id, topic.id, reply.id if reply else None), by=by)
    return made


def keep_welcome(saved: SavedWelcome | None, *, title: str, source: str, by: Actor) -> SavedWelcome:
    """Keeps words for welcomes, new or changed. Raises `Invalid` beside the field that is to blame."""
    if not policy.may_introduce(by):
        raise NotAllowed(_("Welcoming newcomers is for the team."))
    title = " ".join(title.split())[:80]
    if not title:
        raise Invalid(_("Give it a name by which you find it."), field="title")
    if not source.strip():
        raise Invalid(_("Write something first."), field="source")
    checked_variables(source)
    with transaction.atomic():
        if saved is None and SavedWelcome.objects.count() >= MOST_SAVED:
            raise NotPossible(_("There are %(most)s already.") % {"most": MOST_SAVED}, _("Delete one first."))
        saved = saved or SavedWelcome()
        saved.title, saved.source, saved.by_id = title, source, by.person_id
        saved.save()
        announce(SavedWelcomeChanged(saved.id), by=by)
    return saved


def delete_welcome(saved: SavedWelcome, *, by: Actor) -> None:
    if not policy.may_introduce(by):
        raise NotAllowed(_("Welcoming newcomers is for the team."))
    with transaction.atomic():
        announce(SavedWelcomeChanged(saved.id), by=by)
        saved.delete()
