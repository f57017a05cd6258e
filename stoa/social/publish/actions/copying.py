"""A copy of a post: what it says now, as a draft of its own."""

from collections.abc import Iterable
from typing import Any

from stoa.base import files
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.social.networks.models import Channel
from stoa.social.publish.actions.rewriting import with_part
from stoa.social.publish.models import Correction, Post, Variant, VideoFit
from stoa.social.publish.models.correction import DONE
from stoa.social.publish.models.video_fit import DONE as FITTED
from stoa.social.publish.picturing import keep_uses

SAID = (
    "what", "text", "comment", "is_numbered", "credit", "target", "card_title", "language", "material_key", "material_id",
)  # fmt: skip


def copy_post(source: Post, channels: Iterable[Channel], *, by: Actor) -> Post:
    """A draft that says what the source says now, for these channels: in the words of its variant where it has one, else in the shared
    ones. Corrected words are those that stand there. Nobody is asked whether it may go out: planning asks. Its pictures are its own, so
    that whoever sees it sees them, whether or not they see the source."""
    copy = Post(**{name: getattr(source, name) for name in SAID}, by_id=by.person_id)
    copy.save(force_insert=True)
    copy.pictures = [own_picture(each, source, copy) for each in source.pictures]
    copy.save(update_fields=["pictures"])
    keep_uses(copy)
    own = {each.channel_id: each for each in source.variants.select_related("channel")}
    for each in own.values():
        each.post = source
        correct(each)
    Variant.objects.bulk_create([variant_for(copy, channel, own.get(channel.id)) for channel in channels])
    return copy


def own_picture(kept: dict[str, Any], source: Post, copy: Post) -> dict[str, Any]:
    """What belongs to the source is doubled, with what it was fitted to; a member's picture stays with its words, and is only named."""
    file = File.objects.filter(id=kept["file"], thing_key="publish.post", thing_id=source.id).first()
    if file is None:
        return kept
    double = files.double(file, ("publish.post", copy.id))
    if file.is_video:
        double_fits(file, double, copy)
    return {**kept, "file": double.id}


def double_fits(film: File, double: File, copy: Post) -> None:
    """What a video became for its networks is not written a second time."""
    for fit in VideoFit.objects.filter(of=film, state=FITTED).select_related("file").order_by("id"):
        VideoFit.objects.create(
            post=copy, of=double, rule=fit.rule, limit=fit.limit, state=FITTED, asked_at=fit.asked_at, ended_at=fit.ended_at,
            file=files.double(fit.file, ("publish.post", copy.id)) if fit.file else None,
        )  # fmt: skip


def correct(variant: Variant) -> None:
    """Takes over what was corrected after it went out, without keeping it in the source."""
    done = Correction.objects.filter(
        state=DONE, delivery__post=variant.post_id, delivery__channel=variant.channel_id, delivery__erased_at=None
    )
    for each in done.select_related("delivery").order_by("id"):
        if each.delivery.role == "comment":
            variant.comment = each.words
        else:
            words = with_part(variant.words, each.delivery.part, each.words)
            variant.is_own, variant.text = True, words


def variant_for(copy: Post, channel: Channel, source: Variant | None) -> Variant:
    if source is None:
        return Variant(post=copy, channel=channel)
    return Variant(post=copy, channel=channel, is_own=source.is_own, text=source.text, comment=source.comment)
