"""What is stopped: the page of it, and the bar at the head of the desk while all sending is."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.models.site import site
from stoa.base.pages import piece
from stoa.base.shell import kept_site
from stoa.people.models import Person
from stoa.social.networks import policy
from stoa.social.networks.models import Channel, Hold

ENDED, MOST = 20, 200


@dataclass(frozen=True)
class Stopped:
    """One hold: over what, by whom, and whether this actor may let it go on. `ended`: when it was over, if it is."""

    hold: Hold
    over: str
    by: str
    may_lift: bool
    ended: datetime | None


@dataclass(frozen=True)
class StoppedPage:
    """What stands now, the widest first; what ended lately; what could be stopped."""

    standing: list[Stopped]
    ended: list[Stopped]
    choices: list[tuple[str, str]]
    paused: str

    @classmethod
    def of(cls, actor: Actor) -> "StoppedPage":
        seen = Hold.objects.visible_to(actor).select_related("channel")
        standing = list(seen.standing().order_by("-since")[:MOST])
        ended = list(over_now(seen).order_by("-since")[:ENDED])
        names = dict(
            Person.objects.filter(id__in={each.by_id for each in [*standing, *ended] if each.by_id}).values_list(
                "id", "name"
            )
        )
        told = [told_of(each, names, actor) for each in standing]
        told.sort(key=lambda each: (not each.hold.is_everywhere, not each.hold.network))
        return cls(told, [told_of(each, names, actor) for each in ended], choices_of(actor), site().paused_reason)


def over_now(rows: "QuerySet[Hold]") -> "QuerySet[Hold]":
    return rows.exclude(id__in=Hold.objects.standing().values("id"))


def told_of(hold: Hold, names: dict[int, str], actor: Actor) -> Stopped:
    return Stopped(
        hold, over_word(hold), names.get(hold.by_id or 0, ""), policy.may_hold(actor, hold.channel), hold.lifted_at or hold.until
    )  # fmt: skip


def over_word(hold: Hold) -> str:
    """What it stands over."""
    if hold.channel:
        return _("%(channel)s on %(network)s") % {"channel": hold.channel.title, "network": hold.channel.network_name}
    if hold.network:
        return _("Every channel on %(network)s") % {"network": hold.network_name}
    return _("Every channel")


def choices_of(actor: Actor) -> list[tuple[str, str]]:
    """What this actor may stop: everything, a network, a channel."""
    channels = list(Channel.objects.visible_to(actor).living().order_by("network", "handle")[:MOST])
    found: list[tuple[str, str]] = []
    if policy.may_hold(actor, None):
        networks = {each.network: each.network_name for each in channels}
        found.append(("", _("Every channel")))
        found += [
            (f"network:{key}", _("Every channel on %(network)s") % {"network": name}) for key, name in networks.items()
        ]
    own = [each for each in channels if policy.may_hold(actor, each)]
    return found + [(f"channel:{each.shown_id}", f"{each.title} · {each.network_name}") for each in own]


def draw_bar(request: HttpRequest, actor: Actor) -> str:
    """At the head of every page of the desk, for who sees channels, while nothing goes out anywhere."""
    is_elsewhere = not request.path.startswith("/desk/") or request.path == reverse("networks:stopped")
    if is_elsewhere or not policy.may_see_channels(actor):
        return ""
    hold = Hold.objects.visible_to(actor).standing().filter(channel=None, network="").order_by("since").first()
    paused = kept_site().paused_reason
    return piece(request, "networks/stopped_bar.html", {"hold": hold, "paused": paused}) if hold or paused else ""
