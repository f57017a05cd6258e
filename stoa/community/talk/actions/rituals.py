"""Keeping a ritual, changing, pausing and ending it, and opening the topic of an instant that has come."""

from datetime import datetime
from itertools import takewhile

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from stoa.base import actors, clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.text import Written
from stoa.base.walltime import tzdata_version, zone
from stoa.community.talk import policy
from stoa.community.talk.actions.tags import as_spelled
from stoa.community.talk.actions.topics import checked, open_topic
from stoa.community.talk.facts import RitualChanged, RitualEnded, RitualKept, RitualOpened, RitualPaused, RitualResumed
from stoa.community.talk.kinds import Particulars
from stoa.community.talk.models import Ritual, RitualTopic, Topic
from stoa.community.talk.models.ritual import KEEP_RITUALS
from stoa.community.talk.models.tag import MOST_TAGS, tags_in
from stoa.community.talk.planning import RitualPlan, first_day, instants, next_instants, title_of
from stoa.people.actions.notice import tell
from stoa.spaces.models import Grant, Space

MOST = 20  # of one space
LAST_DAY = 31


def keep_ritual(space: Space, plan: RitualPlan, *, by: Actor) -> Ritual:
    """A new ritual of a space, in the organisation's zone. Its topics are opened in the name of whoever keeps it."""
    with transaction.atomic():
        _may_keep(by, space)
        if Ritual.objects.living().filter(space=space).count() >= MOST:
            raise NotPossible(_("This space keeps very many rituals."), _("End one of them first."))
        ritual = Ritual(space=space, kept_by_id=by.own_id)
        _take(ritual, plan, by)
        ritual.save(force_insert=True)
        announce(RitualKept(ritual.id, space.id), by=by)
    return ritual


def change_ritual(ritual: Ritual, plan: RitualPlan, *, by: Actor) -> Ritual:
    """Other words or another time, from the next one on; who changes it keeps it."""
    with transaction.atomic():
        ritual = _locked(ritual, by)
        if ritual.is_ended:
            raise NotPossible(_("This ritual has ended."), _("Keep a new one."))
        ritual.kept_by_id = by.own_id
        _take(ritual, plan, by)
        ritual.save()
        announce(RitualChanged(ritual.id, ritual.space_id), by=by)
    return ritual


def pause_ritual(ritual: Ritual, *, by: Actor) -> Ritual:
    """Nothing opens until it is resumed. One that does not run is left as it is."""
    with transaction.atomic():
        ritual = _locked(ritual, by)
        if ritual.is_running:
            _stop(ritual, Ritual.State.PAUSED)
            announce(RitualPaused(ritual.id, ritual.space_id), by=by)
    return ritual


def resume_ritual(ritual: Ritual, *, by: Actor) -> Ritual:
    """It goes on with the next instant to come, kept by whoever resumes it."""
    with transaction.atomic():
        ritual = _locked(ritual, by)
        if ritual.state == Ritual.State.PAUSED:
            ritual.state, ritual.reason, ritual.kept_by_id = Ritual.State.RUNNING, "", by.own_id
            ritual.due_at, ritual.fence = next_instants(ritual, clock.now(), 1)[0], ritual.fence + 1
            ritual.save()
            announce(RitualResumed(ritual.id, ritual.space_id), by=by)
    return ritual


def end_ritual(ritual: Ritual, *, by: Actor) -> Ritual:
    """It is over; what it opened stays."""
    with transaction.atomic():
        ritual = _locked(ritual, by)
        if not ritual.is_ended:
            _stop(ritual, Ritual.State.ENDED)
            announce(RitualEnded(ritual.id, ritual.space_id), by=by)
    return ritual


def open_due_ritual(ritual_id: int, fence: int) -> None:
    """Opens the topic of the latest instant that has come, once; of those that were missed before it nothing is made up for."""
    with transaction.atomic():
        rows = Ritual.objects.select_for_update(of=("self",)).select_related("space")
        now = clock.now()
        ritual = rows.filter(id=ritual_id, fence=fence, state=Ritual.State.RUNNING, due_at__lte=now).first()
        if ritual is None or ritual.due_at is None:
            return
        instant = max([ritual.due_at, *takewhile(lambda each: each <= now, instants(ritual, ritual.due_at))])
        ritual.due_at, ritual.lease_until, ritual.tries = next_instants(ritual, max(now, instant), 1)[0], None, 0
        ritual.save(update_fields=["due_at", "lease_until", "tries"])
        with translation.override(site().language):
            try:
                with transaction.atomic():
                    _open(ritual, instant)
            except Refusal as refusal:
                _stop_by_itself(ritual, refusal)


def settle_zones_of_rituals() -> None:
    """After the zones' rules changed: when each comes next."""
    version, now = tzdata_version(), clock.now()
    for ritual in Ritual.objects.filter(due_at__gt=now).exclude(tzdata=version):
        following = next_instants(ritual, now, 1)[0]
        Ritual.objects.filter(id=ritual.id, due_at=ritual.due_at).update(due_at=following, tzdata=version)


def _open(ritual: Ritual, instant: datetime) -> Topic | None:
    """The topic of this instant, in the name of who keeps the ritual, if they still may."""
    if RitualTopic.objects.filter(ritual=ritual, instant=instant).exists():
        return None
    by = actors.of_person(ritual.kept_by_id) if ritual.kept_by_id else actors.VISITOR
    _may_keep(by, ritual.space)
    given = Particulars(tags=tuple(ritual.tags.split()))
    title = title_of(ritual, instant)
    topic = open_topic(ritual.space, title=title, source=ritual.source, by=by, kind=ritual.kind, particulars=given)
    RitualTopic.objects.create(ritual=ritual, instant=instant, topic=topic)
    announce(RitualOpened(ritual.id, ritual.space_id, topic.id, instant), by=by)
    return topic


def _stop_by_itself(ritual: Ritual, refusal: Refusal) -> None:
    """It pauses with the reason; who kept it and who else may are told."""
    _stop(ritual, Ritual.State.PAUSED, refusal.reason)
    house = actors.system("talk")
    announce(RitualPaused(ritual.id, ritual.space_id, by_itself=True), by=house)
    grants = Grant.objects.standing().within(ritual.space.scope).select_related("role")
    keepers = {each.person_id for each in grants if KEEP_RITUALS in each.role.rights}
    tell([*keepers, *filter(None, [ritual.kept_by_id])], "talk.ritual_paused", ("talk.ritual", ritual.id), by=house)


def check_ritual(written: Written) -> None:
    """What the text of a ritual may hold."""
    if written.file_ids:
        raise Invalid(_("A picture cannot stand here: each topic would need its own."), field="source")


def _stop(ritual: Ritual, state: str, reason: str = "") -> None:
    ritual.state, ritual.reason, ritual.due_at, ritual.lease_until = state, reason[:300], None, None
    ritual.save(update_fields=["state", "reason", "due_at", "lease_until"])


def _take(ritual: Ritual, plan: RitualPlan, by: Actor) -> None:
    """Takes a checked plan into the row, and says when it comes next."""
    title, written = checked(plan.title, plan.source)
    check_ritual(written)
    if plan.kind == Topic.Kind.POLL or not policy.may_open_kind(by, ritual.space, plan.kind):
        raise Invalid(_("This kind of topic cannot open by itself here."), field="kind")
    if plan.rhythm not in Ritual.Rhythm.values or not 1 <= plan.day <= LAST_DAY:
        raise Invalid(_("Say how often, and on which day."), field="rhythm")
    tags = as_spelled(tags_in(plan.tags), ritual.space)
    if len(tags) > MOST_TAGS:
        raise Invalid(_("A topic has at most five tags."), field="tags")
    ritual.title, ritual.kind, ritual.tags = title, plan.kind, " ".join(tags)
    ritual.set_text(written)
    ritual.rhythm, ritual.weekday, ritual.place, ritual.day, ritual.at = (
        plan.rhythm, plan.weekday, plan.place, plan.day, plan.at,
    )  # fmt: skip
    ritual.zone, ritual.tzdata = site().zone, tzdata_version()
    ritual.since = first_day(plan.rhythm, plan.weekday, clock.now().astimezone(zone(ritual.zone)).date())
    if ritual.is_running:
        ritual.due_at, ritual.lease_until, ritual.fence = (
            next_instants(ritual, clock.now(), 1)[0],
            None,
            ritual.fence + 1,
        )


def _may_keep(by: Actor, space: Space) -> None:
    space.refresh_from_db()
    if not policy.may_keep_rituals(by, space):
        raise NotAllowed(_("You cannot keep rituals in this space."), _("Its stewards can."))


def _locked(ritual: Ritual, by: Actor) -> Ritual:
    ritual = Ritual.objects.select_for_update(of=("self",)).select_related("space").get(id=ritual.id)
    _may_keep(by, ritual.space)
    return ritual
