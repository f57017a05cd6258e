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
from stoa.social.publish.fits import PictureFit, fits_on, known_shown, seen_files, trial
from stoa.social.publish.forms import ComposeForm
from stoa.social.publish.framing import PLACEHOLDER
from stoa.social.publish.material import Material, Shown
from stoa.social.publish.outgoing import outgoing
from stoa.social.publish.picturing import credit_with, picture_objections, picture_warnings
from stoa.social.publish.pieces import Piece, Written, pieces_of, why_joined
from stoa.social.publish.shelf import Shelf
from stoa.social.publish.telling import told_of_wall

OFFERED = 12


@dataclass(frozen=True)
class Part:
    """One piece of the post as it will stand there. `name` is empty where it is the only one."""

    name: str
    text: str
    card_title: str
    counts: tuple[Count, ...]
    wrong: tuple[Objection, ...]
    pictures: list[tuple[PictureFit, str]]


@dataclass(frozen=True)
class Preview:
    """One channel's form of the post, in one piece or several. `note` says what could not stand apart there. `undescribed`: its
    pictures go without their descriptions, for the network takes none. `price`: of all pieces together."""

    channel: Channel
    layout: Layout
    host: str
    parts: list[Part]
    note: str
    undescribed: bool
    price: Price | None

    @property
    def fits(self) -> bool:
        return not any(part.wrong for part in self.parts)

    @property
    def film_state(self) -> str:
        return next((fit.state for part in self.parts for fit, _alt in part.pictures if fit.state), "")


@dataclass(frozen=True)
class Composer:
    """The page: the form, its previews, what it was made from, and what it could be made from."""

    form: ComposeForm
    previews: list[Preview]
    pictures: list[tuple[File, str]]
    material: Material | None
    offers: list[tuple[str, list[Material]]]
    zone: str
    shelf: Shelf
    wall_told: str = ""

    @property
    def can_fit(self) -> bool:
        """Whether a video does not fit somewhere, and could be made to."""
        return any(each.film_state in ("open", "failed") for each in self.previews)

    @property
    def is_fitting(self) -> bool:
        return any(each.film_state == "asked" for each in self.previews)


def channels_for(actor: Actor, given: Material | None = None) -> list[Channel]:
    """The channels that this actor may publish on, before all others those that the material allows."""
    found = Channel.objects.visible_to(actor).living().order_by("network", "handle")[:100]
    known = [each for each in found if policy.may_plan(actor, each) and each.can_publish]
    allowed = given.channels if given else None
    return known if allowed is None else sorted(known, key=lambda each: each.id not in allowed)


def composer(form: ComposeForm, given: Material | None, actor: Actor, *, zone: str = "") -> Composer:
    """`zone`: where wall times are meant; the organisation's unless it is said."""
    pictures = files_of(form.pictures(), actor)
    where = zone or site().zone
    shown = previews(form, given, pictures)
    told = told_of_wall(form.wall_time(), where)
    return Composer(form, shown, pictures, given, offers(actor, given), where, Shelf.of(form, actor), told)


def files_of(shown: Sequence[Shown], actor: Actor) -> list[tuple[File, str]]:
    known = seen_files(shown, actor)
    return [(known[each.file], each.alt) for each in shown if each.file in known]


def previews(form: ComposeForm, given: Material | None, pictures: list[tuple[File, str]]) -> list[Preview]:
    return [preview(form, given, channel, pictures) for channel in form.chosen]


def preview(form: ComposeForm, given: Material | None, channel: Channel, pictures: list[tuple[File, str]]) -> Preview:
    """The text as it will stand there, with a link as long as the one that will be minted."""
    shown = known_shown(form.pictures(), pictures)
    target = form.shared("target") or (given.target if given else "")
    written = Written(
        form.own(channel) or form.shared("text"), form.own_comment(channel) or form.shared("comment"),
        credit_with(given.credit if given else "", shown), PLACEHOLDER if target else "", form.shared("card_title"),
        shown, is_numbered=bool(form.shared("is_numbered")),
    )  # fmt: skip
    pieces, fits = pieces_of(written, channel), fits_on(channel, shown, pictures)
    takes = channel.rules.takes_words(of_video=any(file.is_video for file, _alt in pictures))
    asked = without_words(pictures) if takes else []
    said = [*picture_objections(shown, channel), *picture_warnings(shown), *asked]
    parts = [part_of(pieces[0], channel, fits, said, named=len(pieces) > 1)]
    parts += [part_of(each, channel, [], [], named=True) for each in pieces[1:]]
    return Preview(
        channel, channel.layout, PLACEHOLDER.split("/")[2], parts, why_joined(written, channel), bool(fits) and not takes,
        price_of(channel, [each.content for each in pieces], clock.now()),
    )  # fmt: skip


def part_of(
    piece: Piece, channel: Channel, fits: list[tuple[PictureFit, str]], said: Sequence[Objection], *, named: bool
) -> Part:
    """`said` is what our own rules have against its pictures, beside the network's."""
    now, answers = clock.now(), "" if piece.role == "post" else "check"
    content = {**piece.content, "pictures": []}
    wrong = objections(trial(outgoing(content, key="check", made_at=now, at=now, answers=answers), fits), channel.rules)
    text, card = piece.framed.text, piece.framed.card
    limits = channel.rules.text_limits(with_pictures=bool(fits), is_answer=bool(answers))
    return Part(
        piece.name if named else "", text, card.title if card else "", counts_of(text, limits), (*wrong, *said), fits,
    )  # fmt: skip


def without_words(pictures: list[tuple[File, str]]) -> list[Objection]:
    """Pictures that nobody has described, or the video. They may go out, but we ask."""
    missing = [file for file, alt in pictures if not alt.strip()]
    if not missing:
        return []
    if any(file.is_video for file in missing):
        return [
            Objection("alt", _("The video has no description."), _("Say what it shows, for those who do not see it."))
        ]
    said = ngettext("One picture has no description.", "%(num)s pictures have no description.", len(missing))
    asked = _("Say what they show, for those who do not see them.")
    return [Objection("alt", said % {"num": len(missing)}, asked)]


def offers(actor: Actor, given: Material | None) -> list[tuple[str, list[Material]]]:
    """What the composer could begin with, by kind; nothing once it has begun."""
    if given:
        return []
    found = [(kind.label(), list(kind.offers(actor, "", OFFERED))) for kind in material.kinds()]
    return [(label, those) for label, those in found if those]
