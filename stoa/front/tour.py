"""The demo's tour, *Show me*: the thread in six steps, each with who one is, what to do and where. There in a demo alone."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.bridge.models import UsageRight
from stoa.community.talk.models import Topic
from stoa.demo_guild.grammar import called
from stoa.demo_guild.people import by_key
from stoa.people.models import Person
from stoa.social.publish.models import Link
from stoa.spaces.models import Space

COOKIE = "tour"
STEPS = 6
AUTHOR, PUBLISHER, MANAGER, LEAD, HELPER = "pelumi", "dov", "ines", "philippa", "tomasz"
ASKING = "Ask the bench"


@dataclass(frozen=True)
class Act:
    """One thing to do: as whom (a key of the demo's people; empty: as a visitor or as one is), in one sentence, and where."""

    what: str
    label: str
    address: str
    who: str = ""

    @property
    def name(self) -> str:
        return called(by_key()[self.who]) if self.who else ""

    @property
    def email(self) -> str:
        return by_key()[self.who].email if self.who else ""

    @property
    def entrance(self) -> str:
        """The page of signing in, with the address filled in; from there on to the place."""
        return f"{reverse('account_login')}?{urlencode({'email': self.email, 'next': self.address})}"


@dataclass(frozen=True)
class Step:
    number: int
    title: str
    acts: tuple[Act, ...]


def titles() -> list[str]:
    return [
        _("Join through a post"), _("Ask, and be answered"), _("The manager's morning"),
        _("From a member's words to a post"), _("What came of it"), _("Take it back"),
    ]  # fmt: skip


def step(number: int, actor: Actor) -> Step:
    """Asks at most two queries."""
    acts = (_joining, _asking, _managing, _sharing, _judging, _taking_back)[number - 1]
    return Step(number, titles()[number - 1], tuple(acts(actor)))


def _joining(actor: Actor) -> Iterator[Act]:
    sent = Link.objects.filter(delivery__state="published", placement__isnull=False).select_related("delivery")
    newest = sent.order_by("-delivery__published_at").first()
    post = newest.delivery.address if newest and newest.delivery else reverse("plaza:timeline")
    if not actor.is_visitor:
        yield Act(_("You are signed in: begin as a visitor."), _("Sign out"), reverse("account_logout"))
    yield Act(
        _("Follow the link in a campaign's post, as a stranger would, and join under any name."),
        _("The post on Plaza"),
        post,
    )
    yield Act(
        _("Your letter lies in the demo's mailbox: confirm it, and answer at the door."),
        _("The mailbox"),
        reverse("people:mailbox"),
    )


def _asking(actor: Actor) -> Iterator[Act]:
    space = Space.objects.visible_to(actor).filter(name=ASKING).first()
    there = space.address if space else reverse("spaces:spaces")
    yield Act(_("Ask something, and leave that page open."), ASKING, there)
    newest = Topic.objects.visible_to(actor).here().filter(space=space).order_by("-id").first() if space else None
    topic = newest.get_absolute_url() if newest else reverse("talk:topics")
    yield Act(
        _("In a private window, reply to the newest topic: it appears on the open page."),
        _("The newest topic"),
        topic,
        HELPER,
    )


def _managing(actor: Actor) -> Iterator[Act]:
    yield Act(
        _("Your newcomer stands under Welcome, with what they said at the door: introduce them."),
        _("Today"), reverse("front:today") + "#welcome", MANAGER,
    )  # fmt: skip


def _sharing(actor: Actor) -> Iterator[Act]:
    right = _right()
    asked = reverse("bridge:story", args=[right.id]) if right else reverse("bridge:stories")
    desk = reverse("bridge:desk_story", args=[right.id]) if right else reverse("bridge:desk_stories")
    yield Act(_("You are asked for your words: say yes."), _("The request"), asked, AUTHOR)
    yield Act(
        _("Write the post, with credit, for one channel, and send it now."), _("The granted words"), desk, PUBLISHER
    )
    yield Act(_("See it there, as everybody does."), _("Plaza"), reverse("plaza:timeline"))


def _judging(actor: Actor) -> Iterator[Act]:
    month = f"{clock.now():%Y-%m}"
    yield Act(
        _("This month counts the join of today. Rows under five are never shown alone."),
        _("Impact"), reverse("measure:impact") + f"?month={month}", LEAD,
    )  # fmt: skip
    yield Act(
        _("The last month that is old enough to be judged, by campaign."),
        _("The whole thread"),
        reverse("measure:impact") + "?by=campaign",
        LEAD,
    )


def _taking_back(actor: Actor) -> Iterator[Act]:
    right = _right()
    story = reverse("bridge:story", args=[right.id]) if right else reverse("bridge:stories")
    yield Act(_("Take your words back, and watch each post come down."), _("Your words"), story, AUTHOR)
    yield Act(_("Nothing of it stands there any more."), _("Plaza"), reverse("plaza:timeline"))


def _right() -> UsageRight | None:
    """The request that the tour follows: the last one to its author, whatever has become of it."""
    author = Person.objects.filter(account__email=by_key()[AUTHOR].email)
    return UsageRight.objects.filter(author__in=author).order_by("-id").first()
