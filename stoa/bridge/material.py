"""What the composer may begin with from this room: members' words under a usage right,
campaigns, public events."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import VISITOR, Actor
from stoa.base.models import File
from stoa.bridge.actions.campaigns import CAMPAIGN
from stoa.bridge.actions.uses import MATERIAL
from stoa.bridge.days import shown_day
from stoa.bridge.models import Campaign, UsageRight
from stoa.bridge.policy import can_be_asked_for
from stoa.bridge.words import own_pictures, words_of_pictures
from stoa.community.gather.models import Event
from stoa.community.gather.models.event import Events
from stoa.social.publish.material import Kind, Material, Shown, register


def granted_words(actor: Actor, asked: str, limit: int) -> Iterable[Material]:
    """The newest first; `asked` looks in the words and in the topic's title."""
    rows = UsageRight.objects.visible_to(actor).granted().filter(until__gt=clock.now()).with_all().order_by("-id")
    found = [right for right in rows[: limit * 5] if is_usable(right) and is_about(right, asked)]
    return [as_material(right) for right in found[:limit]]


def granted_word(actor: Actor, number: int) -> Material | None:
    right = UsageRight.objects.visible_to(actor).granted().filter(id=number).with_all().first()
    return as_material(right) if right and right.is_valid(clock.now()) and is_usable(right) else None


def is_usable(right: UsageRight) -> bool:
    return right.is_as_agreed and can_be_asked_for(right.subject)


def is_about(right: UsageRight, asked: str) -> bool:
    return asked.casefold() in f"{right.topic.title} {right.words} {right.credit}".casefold()


def as_material(right: UsageRight) -> Material:
    return Material(
        key=MATERIAL, id=right.id, title=right.topic.title, text=right.words, credit=right.credit,
        target=target_of(right), language=right.subject.language, terms=terms_of(right),
        pictures=pictures_of(right), channels=frozenset(right.channels) if right.channels else None,
    )  # fmt: skip


def target_of(right: UsageRight) -> str:
    """Where a stranger can read it; else the door."""
    is_public = right.topic.space.visibility == "public"
    return right.subject.get_absolute_url() if is_public else reverse("account_signup")


def terms_of(right: UsageRight) -> str:
    """What the right allows, in a sentence."""
    what = _("the whole text") if right.is_whole else _("these passages")
    words = _("%(name)s allows %(what)s until %(until)s, with credit.")
    return words % {"name": right.author.name, "what": what, "until": shown_day(right.until)}


def pictures_of(right: UsageRight) -> tuple[Shown, ...]:
    if not right.pictures:
        return ()
    files = File.objects.filter(id__in=own_pictures(right.subject.html)).order_by("id")
    said = words_of_pictures(right.subject.html)
    return tuple(Shown(file.id, said.get(file.id, file.alt)) for file in files)


def running_campaigns(actor: Actor, asked: str, limit: int) -> Iterable[Material]:
    """What runs or is to come: a post written for one leads to the join page, and its links count for it."""
    rows = Campaign.objects.visible_to(actor).filter(ends_at__gt=clock.now(), name__icontains=asked).order_by("-id")
    return [campaign_material(campaign) for campaign in rows[:limit]]


def running_campaign(actor: Actor, number: int) -> Material | None:
    campaign = Campaign.objects.visible_to(actor).filter(id=number, ends_at__gt=clock.now()).first()
    return campaign_material(campaign) if campaign else None


def campaign_material(campaign: Campaign) -> Material:
    return Material(
        CAMPAIGN, campaign.id, campaign.name, text=campaign.words, target=reverse("account_signup"), terms=campaign.goal
    )


def open_events() -> Events:
    """Those of public spaces that are still to come, for whoever may see anything at all."""
    return Event.objects.visible_to(VISITOR).planned().here().filter(starts_at__gt=clock.now())


def public_events(actor: Actor, asked: str, limit: int) -> Iterable[Material]:
    return [event_material(each) for each in open_events().filter(title__icontains=asked).order_by("starts_at")[:limit]]


def public_event(actor: Actor, number: int) -> Material | None:
    event = open_events().filter(id=number).first()
    return event_material(event) if event else None


def event_material(event: Event) -> Material:
    """Title, wall time, place; the address that only those who come may see stays away."""
    lines = [event.title, event.starts_wall.replace("T", " "), event.place]
    text = "\n".join(line for line in lines if line)
    return Material(
        "gather.event", event.id, event.title, text=text, target=event.get_absolute_url(), language=event.language
    )


def register_material() -> None:
    """Called once by the room's plugs."""
    register(Kind(MATERIAL, lambda: _("Member stories"), granted_words, granted_word))
    register(Kind(CAMPAIGN, lambda: _("Campaigns"), running_campaigns, running_campaign))
    register(Kind("gather.event", lambda: _("Events"), public_events, public_event))
