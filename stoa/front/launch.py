"""The launch list: fourteen days of first steps that tick themselves from what has happened."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.models import FactRow
from stoa.base.shell import kept_site
from stoa.community.gather.models import Event
from stoa.community.talk.models import Topic
from stoa.front.models import Beginning
from stoa.spaces.models import Invitation, Space

DAYS = 14
ANSWERED = "a topic was answered by somebody else"
SHOWN_FOR = timedelta(days=30)
IN_SPACES = ("spaces.space", "talk.topic", "gather.event")


@dataclass(frozen=True)
class Step:
    """`fact` must have been announced `times` since the beginning, by `people` at least; `wing` leaves it out where that wing is not
    used, `team` where one person runs it. Of facts about a scope only those of the whole site count.
    """

    day: int
    label: Callable[[], str]
    route: str
    fact: str
    times: int = 1
    wing: str = ""
    team: bool = False
    people: int = 1


STEPS = (
    Step(1, lambda: _("Say who you are: picture, what you help with"),
         "people:own_profile", "people.profile_edited"),
    Step(1, lambda: _("Open the first topic: what is on your mind this week?"),
         "spaces:spaces", "talk.topic_opened", wing="community"),
    Step(2, lambda: _("Give the links below to three people whom you know"),
         "front:launch", "people.person_joined", 3, "community"),
    Step(2, lambda: _("Give a second person a role"),
         "spaces:desk_roles", "spaces.role_granted", team=True),
    Step(3, lambda: _("Connect a channel where your people are, beside the one for practice"),
         "networks:channels", "networks.channel_connected", wing="social"),
    Step(4, lambda: _("Answer the first question within a day"),
         "talk:topics", ANSWERED, wing="community"),
    Step(5, lambda: _("Send the first post"),
         "publish:new_post", "publish.delivery_published", wing="social"),
    Step(6, lambda: _("Set a goal that can be counted"),
         "gather:desk_goal", "gather.goal_set", wing="community"),
    Step(7, lambda: _("Start one of your three formats: press once, and it stands there"),
         "gather:programme", "gather.format_started", wing="community"),
    Step(8, lambda: _("Five topics, not all of them yours"),
         "talk:topics", "talk.topic_opened", 5, "community", people=2),
    Step(10, lambda: _("Ten people are here"),
         "people:desk_members", "people.person_joined", 9, "community"),
    Step(11, lambda: _("Answer somebody who wrote to a channel"),
         "listen:inbox", "listen.conversation_answered", wing="social"),
    Step(12, lambda: _("Read the guidelines again and make them yours"),
         "moderation:desk_guidelines", "moderation.guidelines_published", wing="community"),
    Step(14, lambda: _("Twenty replies: it is a conversation"),
         "talk:topics", "talk.reply_added", 20, "community", people=2),
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A step as it stands."""

    day: int
    label: str
    address: str
    done: bool


@dataclass(frozen=True)
class Launch:
    """The list, which of its days today is, the links to give away that are still open, and what was made at the beginning."""

    day: int
    lines: list[Line]
    links: list[str]
    made: list[tuple[str, str]]

    @property
    def done(self) -> int:
        return sum(line.done for line in self.lines)


def is_launching(actor: Actor) -> bool:
    """Whether the list is shown in the navigation: for the staff, in the first month. Asks no query."""
    begun = kept_site().set_up_at
    return actor.is_staff and not kept_site().is_demo and begun is not None and clock.now() - begun < SHOWN_FOR


def launch(actor: Actor, origin: str) -> Launch | None:
    """None where nothing was set up here. Four queries."""
    begun = Beginning.objects.first()
    if begun is None:
        return None
    told = counted(begun.at, actor)
    steps = [step for step in STEPS if step.wing in ("", begun.wings) or begun.wings == "both"]
    lines = [
        Line(step.day, step.label(), reverse(step.route), is_done(step, told))
        for step in steps
        if begun.is_team or not step.team
    ]
    open_ = Invitation.objects.visible_to(actor).open().filter(space=None, email="", person=None).order_by("id")[:10]
    links = [f"{origin}{reverse('spaces:invitation', kwargs={'code': each.code})}" for each in open_]
    return Launch(min((clock.now() - begun.at).days + 1, DAYS), lines, links, made_for(begun.wings))


def made_for(wings: str) -> list[tuple[str, str]]:
    """What set-up made, in words and with its address. No query."""
    community = [
        (_("three spaces"), "spaces:spaces"), (_("twelve guidelines with norms"), "moderation:desk_guidelines"),
        (_("two questions at the door"), "people:desk_door"), (_("three formats"), "gather:programme"),
    ]  # fmt: skip
    social = [(_("a channel for practice"), "networks:channels")]
    made = [*(community if wings != "social" else ()), *(social if wings != "community" else ())]
    return [(words, reverse(route)) for words, route in made]


def is_done(step: Step, told: dict[str, tuple[int, int]]) -> bool:
    times, people = told.get(step.fact, (0, 0))
    return times >= step.times and people >= step.people


def counted(since: datetime, actor: Actor) -> dict[str, tuple[int, int]]:
    """How often each of the list's facts was announced since then, and by how many people, as far as this actor may know: in spaces
    that they read, and roles of the whole site. Two queries."""
    rows = FactRow.objects.filter(name__in={step.fact for step in STEPS}, at__gte=since)
    there = Q(about_key="spaces.space", about_id__in=Space.objects.readable_by(actor).values("id"))
    there |= Q(about_key="talk.topic", about_id__in=Topic.objects.visible_to(actor).values("id"))
    there |= Q(about_key="gather.event", about_id__in=Event.objects.visible_to(actor).values("id"))
    site = Q(name="spaces.role_granted", content__space=None)
    known = there | site | ~(Q(about_key__in=IN_SPACES) | Q(name="spaces.role_granted"))
    counts = rows.filter(known).values("name").annotate(times=Count("id"), people=Count("by_id", distinct=True))
    told = {row["name"]: (row["times"], row["people"]) for row in counts.order_by()}
    return told | {ANSWERED: (Topic.objects.visible_to(actor).filter(answered_at__gte=since).count(), 2)}
