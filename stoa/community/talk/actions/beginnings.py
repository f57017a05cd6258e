"""What a topic begins with by its kind: an idea is open, a poll has its options, an announcement stands first."""

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.community.talk import policy
from stoa.community.talk.kinds import Particulars, PollPlan
from stoa.community.talk.looks import KINDS
from stoa.community.talk.models import Poll, PollOption, Topic
from stoa.community.talk.models.poll import LEAST_OPTIONS, LONGEST_OPTION, MOST_OPTIONS


def begin(topic: Topic, particulars: Particulars, by: Actor) -> None:
    """Sets what the topic's row holds by its kind. Raises `NotAllowed` and `Invalid`."""
    if topic.kind not in KINDS:
        raise Invalid(_("There is no such kind of topic."), field="kind")
    if not policy.may_open_kind(by, topic.space, topic.kind):
        raise NotAllowed(_("You cannot open this kind of topic here."), _("The space's moderators can."))
    if topic.kind == Topic.Kind.IDEA:
        topic.status = Topic.Status.OPEN
    if topic.kind == Topic.Kind.ANNOUNCEMENT:
        now = clock.now()
        if particulars.stands_first_for:
            topic.pinned_until = now + particulars.stands_first_for
        if not particulars.takes_replies:
            topic.closed_at, topic.closed_by_id = now, by.person_id
    if topic.kind == Topic.Kind.POLL:
        checked_options(particulars.poll)


def keep_poll(topic: Topic, plan: PollPlan | None) -> Poll | None:
    """Writes a poll and its options beside its topic; nothing for another kind."""
    if topic.kind != Topic.Kind.POLL or plan is None:
        return None
    closes_at = topic.opened_at + plan.open_for if plan.open_for else None
    poll = Poll(topic=topic, takes_several=plan.takes_several, shows=plan.shows, closes_at=closes_at)
    poll.save(force_insert=True)
    options = [PollOption(poll=poll, place=place, words=words) for place, words in enumerate(checked_options(plan))]
    PollOption.objects.bulk_create(options)
    return poll


def checked_options(plan: PollPlan | None) -> list[str]:
    """The options as they may be kept: each once, in order. Raises `Invalid` beside the field that is to blame."""
    spelled = (" ".join(each.split()) for each in (plan.options if plan else ()))
    options = list(dict.fromkeys(each for each in spelled if each))
    if not LEAST_OPTIONS <= len(options) <= MOST_OPTIONS:
        raise Invalid(_("A poll has 2 to 12 options."), _("Write one on each line."), field="options")
    if any(len(each) > LONGEST_OPTION for each in options):
        raise Invalid(_("An option is too long."), _("Keep each to 120 characters."), field="options")
    return options
