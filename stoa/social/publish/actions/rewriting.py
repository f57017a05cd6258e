"""Writing anew what has not gone out: a whole post with its parts, one part of a thread that has begun, a first comment."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.social.publish import policy
from stoa.social.publish.actions import turns
from stoa.social.publish.actions.following import all_after
from stoa.social.publish.actions.planning import check_channel, check_piece, check_variant, new_follower, pieces_for
from stoa.social.publish.facts import DeliveryPlanned, DeliveryWithdrawn
from stoa.social.publish.models import Delivery, Link, Post, Variant
from stoa.social.publish.models.delivery import PLANNED, WITHDRAWN
from stoa.social.publish.outgoing import hash_of
from stoa.social.publish.parting import joined, name_of, parts_of
from stoa.social.publish.picturing import fitted_pictures
from stoa.social.publish.pieces import Piece


def variant_of(delivery: Delivery) -> Variant:
    """The form of the post that this delivery sends, or a part of it."""
    return Variant.objects.select_related("channel", "post").get(post=delivery.post_id, channel=delivery.channel_id)


def words_of(row: Delivery, variant: Variant) -> str:
    """What its writer typed for this delivery: the whole text for a first part, one part of it, or the comment."""
    if row.role == "comment":
        return variant.first_comment
    parts = parts_of(variant.words)
    return variant.words if row.role == "post" else parts[row.part - 1] if row.part <= len(parts) else row.text


def freeze_anew(row: Delivery, post: Post, text: str, *, by: Actor) -> bool:
    """Takes the text into the variant and freezes it by the network's rules as they are now. Says whether it differs."""
    variant = variant_of(row)
    variant.post = post
    before = hash_of(row.content, row.answers)
    take(variant, row, text, by=by)
    if not variant.words.strip() and not post.pictures:
        raise Invalid(_("Write something."), field="text")
    if row.role == "post":
        check_variant(variant, by=by)
    variant.save(update_fields=["is_own", "text", "comment"])
    pieces = pieces_for(variant, row.marker, fitted_pictures(variant))
    piece = next((each for each in pieces if (each.role, each.part) == (row.role, row.part)), None)
    if piece is None:
        raise NotPossible(_("This channel shows this part no more."), _("Let it go, and write a new one."))
    if row.role != "post":  # what else there is of it may be out already, and is not judged again
        check_channel(row.channel, by=by)
        check_piece(piece, row.channel, (), named=len(pieces) > 1, now=clock.now())
    freeze(row, piece)
    if row.role == "post":
        rewrite_rest(row, pieces[1:], by=by)
    return row.request_hash != before


def freeze(row: Delivery, piece: Piece) -> None:
    """What the network held ready for the old words is not used."""
    row.content, row.prepared, row.handle = piece.content, "", ""
    row.request_hash = hash_of(row.content, row.answers)
    frozen = {"content": row.content, "request_hash": row.request_hash, "prepared": "", "handle": ""}
    Delivery.objects.filter(id=row.id, fence=row.fence).update(**frozen)


def take(variant: Variant, row: Delivery, text: str, *, by: Actor) -> None:
    """Into the variant; into the post too where this is its one channel. A schedule takes the post's words to further channels."""
    is_only = variant.post.variants.count() == 1
    if row.role == "comment":
        if not text.strip():
            raise Invalid(_("Write something."), _("To send no comment, let it go."), field="text")
        if is_only and text != variant.post.comment:
            check_reword(variant.post, by=by)
        variant.comment = "" if is_only else text
        if is_only:
            variant.post.comment = text
            variant.post.save(update_fields=["comment"])
        return
    words = text if row.role == "post" else with_part(variant.words, row.part, text)
    if is_only:
        if words != variant.post.text:
            check_reword(variant.post, by=by)
        retell(variant.post, words, row)
        variant.is_own, variant.text = False, ""
    else:
        variant.is_own, variant.text = words != variant.post.text, words if words != variant.post.text else ""


def check_reword(post: Post, *, by: Actor) -> None:
    if not policy.may_reword(by, post):
        raise NotAllowed(_("This post is repeated on channels on which you may not publish."))


def with_part(words: str, number: int, text: str) -> str:
    parts, new = parts_of(words), parts_of(text)
    if len(new) > 1:
        raise Invalid(
            _("This is one part: it cannot be parted again."), _("Take out the line of hyphens."), field="text"
        )
    if not new[0]:
        raise Invalid(_("Write something."), _("To go on without this part, leave it out."), field="text")
    if number > len(parts):
        raise NotPossible(_("This part is not in the text any more."), _("Let it go, and write a new one."))
    return joined([*parts[: number - 1], new[0], *parts[number:]])


def retell(post: Post, text: str, row: Delivery) -> None:
    """The post's own text, when this is its one channel; its name follows where that was made of the text."""
    was_named_by_text = post.what == name_of(post.text)
    post.text, post.changed_at = text, clock.now()
    if was_named_by_text:
        post.what = name_of(text)
        Link.objects.filter(delivery=row).update(what=post.what)
    post.save(update_fields=["text", "what", "changed_at"])


def rewrite_rest(first: Delivery, pieces: Sequence[Piece], *, by: Actor) -> None:
    """What follows, written anew: the same deliveries as far as they reach, further ones, and those too many withdrawn. Nothing of it
    has had its turn, for the first is not out."""
    waiting = [each for each in all_after(first) if each.state != WITHDRAWN]
    last = first
    for role in ("part", "comment"):
        rows = [each for each in waiting if each.role == role]
        wanted = [each for each in pieces if each.role == role]
        for number, piece in enumerate(wanted):
            before = first if role == "comment" else last
            if number < len(rows):
                last = keep(rows[number], piece, before, by=by)
            else:
                last = new_follower(piece, before, by=by)
        for row in rows[len(wanted) :]:
            reason = _("It was written anew without this part.")
            turns.write(row, row.fence, due_at=None, state=WITHDRAWN, reason=reason, mend="", held_by="")
            announce(DeliveryWithdrawn(row.id, row.channel_id, row.post_id, read_back=False), by=by)


def keep(row: Delivery, piece: Piece, before: Delivery, *, by: Actor) -> Delivery:
    freeze(row, piece)
    is_back = row.state != PLANNED
    turns.write(
        row, row.fence, due_at=None, state=PLANNED, follows=before, part=piece.part, held_by="", reason="", mend="",
    )  # fmt: skip
    if is_back:
        announce(DeliveryPlanned(row.id, row.channel_id, row.post_id, row.planned_for, again=True), by=by)
    return row
