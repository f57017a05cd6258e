"""What the pages of channels read: states, holds, what a network may and may not do, its limits with their sources."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from math import isfinite
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from markupsafe import Markup

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.social.networks import policy, registry
from stoa.social.networks.models import Budget, Channel, Hold, Look
from stoa.social.networks.protocol import ABILITIES, Connects, Hands, Rules, Signs, Source, abilities_of


@dataclass(frozen=True)
class Offered:
    """A network: connected through its interface where it has one for us, and by hand."""

    key: str
    name: str
    lacks: list[str]
    connects: bool
    hands: bool


@dataclass(frozen=True)
class ChannelPage:
    """One channel as the desk shows it. `currency`: in which publishing there costs something, empty where it costs nothing."""

    channel: Channel
    holds: list[Hold]
    can: list[str]
    cannot: list[tuple[str, str]]
    limits: list[tuple[str, str, Markup]]
    may_connect: bool
    may_hold: bool
    connects: bool
    may_connect_again: bool
    trouble: str
    left: list[tuple[str, str, datetime]]
    currency: str
    pays_to_read: bool

    @classmethod
    def of(cls, channel: Channel, actor: Actor) -> "ChannelPage":
        has = frozenset({"hands"}) if channel.is_by_hand else abilities_of(channel.connector)
        lacks = channel.connector.lacks
        by_hand = _("This account is served by hand.")
        return cls(
            channel,
            list(Hold.objects.visible_to(actor).standing().over(channel.id).order_by("since")),
            [ability_word(name) for name in ability_names() if name in has],
            together({name: lacks.get(name) or by_hand for name in ability_names() if name not in has}),
            limits_of(channel.rules),
            policy.may_disconnect(actor, channel),
            policy.may_hold(actor, channel),
            connects := isinstance(channel.connector, (Connects, Signs)),
            connects and policy.may_connect(actor),
            Look.objects.filter(channel=channel).values_list("trouble", flat=True).first() or "",
            left_of(channel),
            "" if channel.is_by_hand else next((cost.currency for cost in channel.rules.costs), ""),
            any(cost.when in ("reading", "removal") for cost in channel.rules.costs),
        )


def left_of(channel: Channel) -> list[tuple[str, str, datetime]]:
    """(what, how much of it is left, when it begins anew), as the network's headers said and as far as that still holds."""
    words = {"send": _("Posts"), "prepare": _("Uploads"), "look": _("Looking up"), "take_down": _("Taking down")}
    found = Budget.objects.filter(channel=channel, resets_at__gt=clock.now()).order_by("purpose", "bucket")[:48]
    return [(words[each.purpose], much(each), each.resets_at) for each in found]


def much(budget: Budget) -> str:
    if not budget.at_most:
        return str(budget.left)
    return _("%(left)s of %(most)s") % {"left": budget.left, "most": budget.at_most}


def together(lacks: Mapping[str, str]) -> list[tuple[str, str]]:
    """(what is not possible, why): what has the same reason is said once."""
    found: dict[str, list[str]] = {}
    for name, why in lacks.items():
        found.setdefault(why, []).append(ability_word(name))
    return [(", ".join(names), why) for why, names in found.items()]


def ability_names() -> list[str]:
    return [ability.__name__.lower() for ability in ABILITIES]


def ability_word(name: str) -> str:
    """What an ability lets us do, in the words of the desk."""
    words = {
        "connects": _("connect"),
        "publishes": _("publish"),
        "replies": _("answer"),
        "settles": _("look up what became of a post"),
        "edits": _("edit"),
        "deletes": _("take down"),
        "listens": _("hear answers and mentions"),
        "hides": _("hide answers"),
        "measures": _("read numbers"),
        "hands": _("hand over to a person"),
    }
    return words.get(name, name)


def limits_of(rules: Rules) -> list[tuple[str, str, Markup]]:
    """(what, how much, where it is written and when it was read there; or which server says so)."""
    found = [(_("Text"), f"{each.at_most} {unit(each.count)}", written(each.source)) for each in rules.text]
    if rules.pictures:
        shown = rules.pictures
        most = _("%(most)s, each up to %(size)s MB") % {
            "most": shown.at_most,
            "size": f"{shown.bytes_at_most / 1_000_000:.3g}",
        }
        found.append((_("Pictures"), most, written(shown.source)))
        found += [
            (_("Text beside pictures"), f"{each.at_most} {unit(each.count)}", written(each.source))
            for each in shown.text
        ]
        alt = f"{shown.alt_at_most} {unit(shown.alt_count)}" if shown.takes_descriptions else _("none is taken")
        found.append((_("Description of a picture"), alt, written(shown.source)))
    if rules.videos:
        film = rules.videos
        words = _("one of at most %(size)s MB") % {"size": f"{film.bytes_at_most / 1_000_000:.3g}"}
        if isfinite(film.seconds_at_most):
            words = _("%(size)s, %(seconds)s s long") % {"size": words, "seconds": f"{film.seconds_at_most:.0f}"}
        found.append((_("Video"), words, written(film.source)))
    for rate in rules.rates:
        found.append(
            (
                rate.what,
                _("%(most)s in %(seconds)s s") % {"most": rate.at_most, "seconds": rate.seconds},
                written(rate.source),
            )
        )
    for cost in rules.costs:
        what = _("%(what)s, through the interface") % {"what": cost.what}
        found.append((what, f"{cost.amount} {cost.currency}", written(cost.source)))
    return found


def unit(count: str) -> str:
    return _("bytes") if count == "bytes" else _("characters")


def written(source: Source) -> Markup:
    """The source as a link, with the day on which somebody last read it there, or on which the account's own server said so."""
    day = _("read on %(day)s") % {"day": shown_day(source.checked)}
    if source.told:
        server = urlsplit(source.address).hostname or _("its server")
        day = _("told by %(server)s on %(day)s") % {"server": server, "day": shown_day(source.checked)}
    if not source.address.startswith("https://"):
        return Markup("{}").format(day)
    return Markup('<a href="{}" rel="noreferrer">{}</a>').format(source.address, day)


def shown_day(day: date) -> str:
    return f"{day:%-d} {day:%b} {day:%Y}"


def state_word(channel: Channel, hold: Hold | None = None) -> tuple[str, str]:
    """(the word, how it is to be seen)."""
    if channel.state == "reconnect":
        return _("To be connected again"), "bad"
    if channel.state == "disconnected":
        return _("Disconnected"), "plain"
    if hold:
        return _("Paused"), "warn"
    return (_("By hand") if channel.is_by_hand else _("Connected")), "good"


def listed_channels(actor: Actor) -> list[tuple[Channel, tuple[str, str]]]:
    """All visible channels with their states; a few dozen at most, so one page."""
    holds = list(Hold.objects.visible_to(actor).standing())
    whole = next((hold for hold in holds if hold.is_everywhere), None)
    wide = {hold.network: hold for hold in holds if hold.network}
    own = {hold.channel_id: hold for hold in holds if hold.channel_id}
    channels = Channel.objects.visible_to(actor).order_by("network", "handle")[:200]
    return [
        (channel, state_word(channel, own.get(channel.id) or wide.get(channel.network) or whole))
        for channel in channels
    ]


def offered_networks() -> list[Offered]:
    """Every network, those with an interface first."""
    found = [
        Offered(
            each.key, each.name, list(each.lacks.values()), isinstance(each, (Connects, Signs)), isinstance(each, Hands)
        )
        for each in registry.connectors().values()
    ]
    return sorted(found, key=lambda each: (not each.connects, each.name.lower()))
