"""Planning: a post's variants become deliveries, each frozen, with its own key and its own link."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.models.site import site
from stoa.base.walltime import Moment, at_instant, resolve
from stoa.base.work import wake
from stoa.social.networks.checking import objections
from stoa.social.networks.models import Channel
from stoa.social.networks.protocol import Picture, Video
from stoa.social.publish import policy
from stoa.social.publish.actions.drafts import Draft, VariantDraft, save_draft
from stoa.social.publish.actions.links import new_code
from stoa.social.publish.facts import DeliveryPlanned, PostPlanned
from stoa.social.publish.material import Material, Shown
from stoa.social.publish.models import Delivery, Link, Post, Variant
from stoa.social.publish.models.link import CODE_LENGTH, address_of
from stoa.social.publish.outgoing import hash_of, outgoing
from stoa.social.publish.parting import MOST
from stoa.social.publish.picturing import check_pictures, credit_of, fitted_pictures, shown_pictures, trial_pictures
from stoa.social.publish.pieces import Piece, Written, pieces_of
from stoa.social.publish.times import GRACE


def plan_post(
    *,
    by: Actor,
    variants: Iterable[VariantDraft],
    material: Material | None = None,
    wall: datetime | None = None,
    zone: str = "",
    draft: Draft | None = None,
) -> Post:
    """Writes and plans a post in one act. `wall` is a wall time in `zone` (the organisation's when empty); None means now."""
    with transaction.atomic():
        post = save_draft(None, draft or Draft(), variants, material=material, by=by)
        return plan_draft(post, wall=wall, zone=zone, by=by)


def plan_draft(post: Post, *, wall: datetime | None, zone: str = "", by: Actor) -> Post:
    """Plans what was drafted: one delivery per variant, due at the moment asked for."""
    return plan_for(post, moment_of(wall, zone), by=by)


def plan_for(post: Post, moment: Moment, *, by: Actor) -> Post:
    """The same for a moment that is known; one that has passed long ago will ask a person."""
    with transaction.atomic():
        post = Post.objects.select_for_update().get(id=post.id)
        variants = list(post.variants.select_related("channel"))
        if not post.is_draft:
            raise NotPossible(_("This post is planned already."))
        if not variants:
            raise Invalid(_("Choose at least one channel."), field="channels")
        for variant in variants:
            variant.post = post
            check_variant(variant, by=by)
        fill(post, moment)
        deliveries = [each for variant in variants for each in plan_variant(variant, moment.at, by=by)]
        announce(PostPlanned(post.id, moment.at, tuple(each.id for each in deliveries)), by=by)
        wake.after_commit()
    return post


def moment_of(wall: datetime | None, zone: str) -> Moment:
    """The moment asked for. Raises `Invalid` for one that has passed."""
    name, now = zone or site().zone, clock.now()
    if wall is None:
        return at_instant(now, name)
    moment = resolve(wall, name)
    if moment.at < now.replace(second=0, microsecond=0):
        raise Invalid(_("That time has passed."), _("Choose a later one, or send it now."), field="wall")
    return moment


def fill(post: Post, moment: Moment) -> None:
    post.wall, post.zone, post.tzdata = moment.wall.isoformat(timespec="minutes"), moment.zone, moment.tzdata
    post.at, post.state, post.changed_at = moment.at, "planned", clock.now()
    post.what = post.title[:120]
    post.save()


def check_variant(variant: Variant, *, by: Actor) -> None:
    """Whether this variant may go out on its channel, by our rules and by the network's."""
    check_channel(variant.channel, by=by)
    check_pictures(variant)
    pictures, video = trial_pictures(variant)
    pieces, now = pieces_for(variant, "0" * CODE_LENGTH, shown_pictures(variant.post)), clock.now()
    if len(pieces) > MOST:
        raise Invalid(_("A post has at most %(most)s parts.") % {"most": MOST}, field="text")
    for piece in pieces:
        given, film = (pictures, video) if piece.pictures else ((), None)
        check_piece(piece, variant.channel, given, film, named=len(pieces) > 1, now=now)


def check_channel(channel: Channel, *, by: Actor) -> None:
    """Whether this actor may publish there, and anybody can."""
    if not policy.may_plan(by, channel):
        raise NotAllowed(_("You may not publish on %(channel)s.") % {"channel": channel.title})
    if channel.state == "disconnected" or not channel.can_publish:
        raise NotPossible(_("%(channel)s cannot be published to.") % {"channel": channel.title})


def check_piece(
    piece: Piece,
    channel: Channel,
    pictures: Sequence[Picture],
    video: Video | None = None,
    *,
    named: bool,
    now: datetime,
) -> None:
    """`pictures`, `video`: its own, as they would go out. `named`: there are several, and what is said of one says of which."""
    where = f"{channel.title}, {piece.name}" if named else channel.title
    answers = "check" if piece.role != "post" else ""
    content = {**piece.content, "pictures": []}
    tried = outgoing(content, key="check", made_at=now, at=now, answers=answers)
    for objection in objections(replace(tried, pictures=tuple(pictures), video=video), channel.rules):
        field = "comment" if piece.role == "comment" else objection.field
        raise Invalid(f"{where}: {objection.reason}", objection.mend, field=field)


def pieces_for(variant: Variant, code: str, pictures: Sequence[Shown]) -> list[Piece]:
    """What goes out of a variant, its first part with these pictures and with the tracked link of this code when the post leads
    somewhere."""
    post = variant.post
    written = Written(
        variant.words, variant.first_comment, credit_of(post), address_of(code) if post.target else "", post.card_title,
        pictures, post.language, post.is_numbered,
    )  # fmt: skip
    return pieces_of(written, variant.channel)


def plan_variant(variant: Variant, at: datetime, *, by: Actor) -> list[Delivery]:
    """A delivery for each piece, the first with its link. Each that follows waits for the one before it, a comment for the first."""
    post, code = variant.post, new_code()
    first, *rest = pieces_for(variant, code, fitted_pictures(variant))
    about = (post.material_key, post.material_id)
    marker = code if first.link else ""
    made = [new_delivery(variant.channel, first.content, at=at, by=by, marker=marker, post=post, about=about)]
    if marker:
        Link.objects.create(code=code, target=post.target, delivery=made[0], what=post.what[:120], by_id=by.person_id)
    for piece in rest:
        made.append(new_follower(piece, made[0] if piece.role == "comment" else made[-1], by=by))
    variant.delivery = made[0]
    variant.save(update_fields=["delivery"])
    return made


def new_follower(piece: Piece, before: Delivery, *, by: Actor) -> Delivery:
    about = (before.about_key, before.about_id)
    return new_delivery(
        before.channel, piece.content, at=before.planned_for, by=by, post=before.post, about=about, follows=before,
        part=piece.part, role=piece.role,
    )  # fmt: skip


def new_delivery(
    channel: Channel,
    content: dict[str, object],
    *,
    at: datetime,
    by: Actor,
    marker: str = "",
    post: Post | None = None,
    about: tuple[str, int | None] = ("", None),
    answers: str = "",
    follows: Delivery | None = None,
    part: int = 1,
    role: str = "post",
) -> Delivery:
    """The row that a worker will claim at `at`, or when what it `follows` is there. Its key is chosen here, once, before anybody speaks
    to the network."""
    number = ids.new()
    delivery = Delivery.objects.create(
        id=number, key=ids.shown(number), post=post, channel=channel, about_key=about[0], about_id=about[1],
        content=content, request_hash=hash_of(content, answers), marker=marker, answers=answers, by_id=by.person_id,
        made_at=clock.now(), planned_for=at, late_after=at + GRACE,
        due_at=None if follows else at, follows=follows, part=part, role=role,
    )  # fmt: skip
    announce(DeliveryPlanned(delivery.id, channel.id, post.id if post else None, at, again=False), by=by)
    return delivery
