"""What the composer shows: for each chosen channel the text as it will stand there, counted and checked by the network's own rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.base.models.site import site
from stoa.social.networks.checking import Objection, objections
from stoa.social.networks.counting import Count, counts_of
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Layout
from stoa.social.publish import material, policy
from stoa.social.publish.costs import Price, price_of
from stoa.social.publish.forms import ComposeForm
from stoa.social.publish.framing import PLACEHOLDER, frame
from stoa.social.publish.material import Material, Shown
from stoa.social.publish.outgoing import freeze, outgoing

OFFERED = 12


@dataclass(frozen=True)
class Preview:
    """One channel's form of the post. `undescribed`: its pictures go without their descriptions, for the network takes none."""

    channel: Channel
    layout: Layout
    text: str
    card_title: str
    host: str
    counts: tuple[Count, ...]
    wrong: tuple[Objection, ...]
    pictures: list[tuple[File, str]]
    undescribed: bool
    price: Price | None


@dataclass(frozen=True)
class Composer:
    """The page: the form, its previews, what it was made from, and what it could be made from."""

    form: ComposeForm
    previews: list[Preview]
    pictures: list[tuple[File, str]]
    material: Material | None
    offers: list[tuple[str, list[Material]]]
    zone: str


def channels_for(actor: Actor) -> list[Channel]:
    """The channels that this actor may publish on."""
    found = Channel.objects.visible_to(actor).living().order_by("network", "handle")[:100]
    return [each for each in found if policy.may_plan(actor, each) and each.can_publish]


def composer(form: ComposeForm, given: Material | None, actor: Actor, *, zone: str = "") -> Composer:
    """`zone`: where wall times are meant; the organisation's unless it is said."""
    pictures = files_of(form.pictures())
    return Composer(form, previews(form, given, pictures), pictures, given, offers(actor, given), zone or site().zone)


def files_of(shown: Sequence[Shown]) -> list[tuple[File, str]]:
    known = File.objects.in_bulk([each.file for each in shown])
    return [(known[each.file], each.alt) for each in shown if each.file in known]


def previews(form: ComposeForm, given: Material | None, pictures: list[tuple[File, str]]) -> list[Preview]:
    return [preview(form, given, channel, pictures) for channel in form.chosen]


def preview(form: ComposeForm, given: Material | None, channel: Channel, pictures: list[tuple[File, str]]) -> Preview:
    """The text as it will stand there, with a link as long as the one that will be minted."""
    rules, shown = channel.rules, [Shown(file.id, alt) for file, alt in pictures]
    target = form.shared("target") or (given.target if given else "")
    link = PLACEHOLDER if target else ""
    framed = frame(
        form.own(channel) or form.shared("text"), rules=rules, credit=given.credit if given else "", link=link,
        card_title=form.shared("card_title"), pictures=shown,
    )  # fmt: skip
    now = clock.now()
    content = freeze(framed.text, link=link, card=framed.card, pictures=shown)
    wrong = objections(outgoing(content, key="check", made_at=now, at=now), rules)
    takes = rules.pictures is None or rules.pictures.takes_descriptions
    return Preview(
        channel, channel.layout, framed.text, framed.card.title if framed.card else "", PLACEHOLDER.split("/")[2],
        counts_of(framed.text, rules.text_limits(with_pictures=bool(shown))),
        (*wrong, *(without_words(pictures) if takes else ())), pictures, bool(shown) and not takes,
        price_of(channel, content, now),
    )  # fmt: skip


def without_words(pictures: list[tuple[File, str]]) -> list[Objection]:
    """Pictures that nobody has described. They may go out, but we ask."""
    missing = sum(not alt.strip() for _file, alt in pictures)
    said = ngettext("One picture has no description.", "%(num)s pictures have no description.", missing)
    return (
        [Objection("alt", said % {"num": missing}, _("Say what they show, for those who do not see them."))]
        if missing
        else []
    )


def offers(actor: Actor, given: Material | None) -> list[tuple[str, list[Material]]]:
    """What the composer could begin with, by kind; nothing once it has begun."""
    if given:
        return []
    found = [(kind.label(), list(kind.offers(actor, "", OFFERED))) for kind in material.kinds()]
    return [(label, those) for label, those in found if those]
