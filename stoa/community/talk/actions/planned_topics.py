"""Planning a topic, changing and dropping the plan, and opening it when its time has come."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from stoa.base import actors, clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.walltime import Moment, resolve, tzdata_version
from stoa.community.talk import newcomers, policy
from stoa.community.talk.actions.beginnings import begin
from stoa.community.talk.actions.tags import as_spelled
from stoa.community.talk.actions.topics import checked, open_topic
from stoa.community.talk.facts import (
    PlannedTopicChanged,
    PlannedTopicDropped,
    PlannedTopicHeld,
    PlannedTopicOpened,
    TopicPlanned,
)
from stoa.community.talk.kinds import HELD, Particulars, particulars_of
from stoa.community.talk.models import PlannedTopic, Topic
from stoa.community.talk.models.tag import MOST_TAGS
from stoa.community.talk.planning import TopicPlan
from stoa.people.actions.notice import tell
from stoa.spaces.models import Space

MOST = 20  # of one person
FURTHEST = timedelta(days=366)
EMPTY: dict[str, Any] = dict.fromkeys(HELD, "")


def plan_topic(space: Space, plan: TopicPlan, *, by: Actor) -> PlannedTopic:
    """Keeps a topic that the clock opens; until then its author alone sees it."""
    with transaction.atomic():
        if by.is_member and PlannedTopic.objects.visible_to(by).count() >= MOST:
            raise NotPossible(
                _("You have planned %(most)s topics already.") % {"most": MOST}, _("Drop one of them first.")
            )
        planned = PlannedTopic(space=space, author_id=by.own_id)
        _take(planned, plan, by)
        planned.save(force_insert=True)
        announce(TopicPlanned(planned.id, space.id, planned.at), by=by)
    return planned


def change_planned_topic(planned: PlannedTopic, plan: TopicPlan, *, by: Actor) -> PlannedTopic:
    """Other words, or another time; one that was held waits again."""
    with transaction.atomic():
        planned = _own(planned, by)
        _take(planned, plan, by)
        planned.save()
        announce(PlannedTopicChanged(planned.id, planned.space_id, planned.at), by=by)
    return planned


def drop_planned_topic(planned: PlannedTopic, *, by: Actor) -> None:
    """It will not be opened; nothing of it stays."""
    with transaction.atomic():
        planned = _own(planned, by)
        files.detach(("talk.planned_topic", planned.id))
        announce(PlannedTopicDropped(planned.id, planned.space_id), by=by)
        planned.delete()


def open_planned_topic(planned: PlannedTopic, *, by: Actor) -> Topic:
    """Its author opens it now."""
    with transaction.atomic():
        return _open(_own(planned, by), by)


def open_due_topic(planned_id: int, fence: int) -> None:
    """Its time has come: it is opened, if its author still may; else it stays with the reason, and they are told."""
    with transaction.atomic():
        rows = PlannedTopic.objects.select_for_update(of=("self",)).select_related("space")
        planned = rows.filter(
            id=planned_id, fence=fence, state=PlannedTopic.State.WAITING, due_at__lte=clock.now()
        ).first()
        if planned is None:
            return
        by = actors.of_person(planned.author_id)
        with translation.override(by.language), timezone.override(by.zone):
            try:
                with transaction.atomic():
                    _open(planned, by)
            except Refusal as refusal:
                _hold(planned, refusal)


def settle_zones() -> None:
    """After the zones' rules changed: the instants of what waits, from the wall times that were asked for."""
    version = tzdata_version()
    for planned in PlannedTopic.objects.filter(due_at__gt=clock.now()).exclude(tzdata=version):
        moment = resolve(planned.wall_time, planned.zone)
        same = PlannedTopic.objects.filter(id=planned.id, wall=planned.wall, due_at=planned.due_at)
        same.update(at=moment.at, due_at=moment.at, tzdata=version)


def _open(planned: PlannedTopic, by: Actor) -> Topic:
    files.detach(("talk.planned_topic", planned.id))
    topic = open_topic(
        planned.space, title=planned.title, source=planned.source, by=by, kind=planned.kind,
        particulars=_particulars(planned.beginning),
    )  # fmt: skip
    announce(PlannedTopicOpened(planned.id, planned.space_id, topic.id), by=by)
    planned.delete()
    return topic


def _hold(planned: PlannedTopic, refusal: Refusal) -> None:
    planned.state, planned.reason = PlannedTopic.State.HELD, refusal.reason[:300]
    planned.due_at = planned.lease_until = None
    planned.save(update_fields=["state", "reason", "due_at", "lease_until"])
    house = actors.system("talk")
    announce(PlannedTopicHeld(planned.id, planned.space_id), by=house)
    tell([planned.author_id], "talk.held", ("talk.planned_topic", planned.id), by=house)


def _take(planned: PlannedTopic, plan: TopicPlan, by: Actor) -> None:
    """Takes a plan into the row, checked as it will be when it is opened."""
    planned.space.refresh_from_db()
    if not policy.may_plan_topic(by, planned.space):
        raise NotAllowed(_("You cannot plan a topic in this space."), _("Join the space first, or choose another."))
    title, written = checked(plan.title, plan.source)
    newcomers.check_text(written, planned.space, by=by)
    moment = _moment(plan)
    particulars = _particulars(plan.beginning)
    begin(Topic(space=planned.space, author_id=by.own_id, kind=plan.kind, title=title), particulars, by)
    if len(as_spelled(particulars.tags, planned.space)) > MOST_TAGS:
        raise Invalid(_("A topic has at most five tags."), field="tags")
    planned.title, planned.kind, planned.beginning = title, plan.kind, dict(plan.beginning)
    planned.set_text(files.take_pictures(written, ("talk.planned_topic", planned.id), by=by))
    planned.wall, planned.zone = moment.wall.isoformat(timespec="minutes"), moment.zone
    planned.tzdata, planned.at, planned.due_at = moment.tzdata, moment.at, moment.at
    planned.state, planned.reason, planned.lease_until, planned.tries = PlannedTopic.State.WAITING, "", None, 0
    planned.fence += 1


def _moment(plan: TopicPlan) -> Moment:
    """When it opens, in the organisation's zone. Raises `Invalid` for a time that is over, or very far."""
    moment = resolve(plan.opens, site().zone)
    if moment.at <= clock.now():
        raise Invalid(_("That time has passed."), _("Choose a later one, or open it now."), field="opens")
    if moment.at > clock.now() + FURTHEST:
        raise Invalid(_("That is more than a year ahead."), _("Choose an earlier time."), field="opens")
    return moment


def _particulars(beginning: Mapping[str, Any]) -> Particulars:
    return particulars_of({**EMPTY, **beginning})


def _own(planned: PlannedTopic, by: Actor) -> PlannedTopic:
    rows = PlannedTopic.objects.visible_to(by).select_for_update(of=("self",)).select_related("space")
    if (found := rows.filter(id=planned.id).first()) is None:
        raise NotPossible(_("This topic is not waiting any more."), _("Perhaps it has just been opened."))
    return found
