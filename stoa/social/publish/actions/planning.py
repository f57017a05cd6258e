"""Planning: a post's variants become deliveries, each frozen, with its own key and its own link."""

from collections.abc import Iterable
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
from stoa.social.publish import policy
from stoa.social.publish.actions.drafts import Draft, VariantDraft, save_draft
from stoa.social.publish.actions.links import new_code
from stoa.social.publish.facts import DeliveryPlanned, PostPlanned
from stoa.social.publish.framing import frame
from stoa.social.publish.material import Material
from stoa.social.publish.models import Delivery, Link, Post, Variant
from stoa.social.publish.models.link import address_of
from stoa.social.publish.outgoing import freeze, hash_of, outgoing
from stoa.social.publish.picturing import check_pictures, credit_of, fitted_pictures
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
    moment = moment_of(wall, zone)
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
        deliveries = [plan_variant(variant, moment.at, by=by) for variant in variants]
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
    channel = variant.channel
    if not policy.may_plan(by, channel):
        raise NotAllowed(_("You may not publish on %(channel)s.") % {"channel": channel.title})
    if channel.state == "disconnected" or not channel.can_publish:
        raise NotPossible(_("%(channel)s cannot be published to.") % {"channel": channel.title})
    check_pictures(variant)
    content, _code = content_of(variant, "0" * 8)
    now = clock.now()
    for objection in objections(outgoing(content, key="check", made_at=now, at=now), channel.rules):
        reason = f"{channel.title}: {objection.reason}"
        raise Invalid(reason, objection.mend, field=objection.field)


def content_of(variant: Variant, code: str) -> tuple[dict[str, object], str]:
    """The frozen content of a variant, with the tracked link of this code when the post leads somewhere."""
    post, pictures = variant.post, fitted_pictures(variant)
    link = address_of(code) if post.target else ""
    framed = frame(
        variant.words, rules=variant.channel.rules, credit=credit_of(post), link=link, card_title=post.card_title,
        pictures=pictures,
    )  # fmt: skip
    content = freeze(framed.text, link=link, card=framed.card, pictures=pictures, language=post.language)
    return content, code if link else ""


def plan_variant(variant: Variant, at: datetime, *, by: Actor) -> Delivery:
    post = variant.post
    content, marker = content_of(variant, new_code())
    delivery = new_delivery(
        variant.channel, content, at=at, by=by, marker=marker, post=post, about=(post.material_key, post.material_id)
    )
    if marker:
        Link.objects.create(
            code=marker, target=post.target, delivery=delivery, what=post.what[:120], by_id=by.person_id
        )
    variant.delivery = delivery
    variant.save(update_fields=["delivery"])
    return delivery


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
) -> Delivery:
    """The row that a worker will claim at `at`. Its key is chosen here, once, before anybody speaks to the network."""
    number = ids.new()
    delivery = Delivery.objects.create(
        id=number, key=ids.shown(number), post=post, channel=channel, about_key=about[0], about_id=about[1],
        content=content, request_hash=hash_of(content, answers), marker=marker, answers=answers, by_id=by.person_id,
        made_at=clock.now(), planned_for=at, late_after=at + GRACE, due_at=at,
    )  # fmt: skip
    announce(DeliveryPlanned(delivery.id, channel.id, post.id if post else None, at, again=False), by=by)
    return delivery
