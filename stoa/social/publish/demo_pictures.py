"""The demo's next post shows a picture of the library, and a draft waits with two."""

from datetime import timedelta

from stoa.base.demo import Story
from stoa.social.library.models import Asset
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Delivery, Post, Variant
from stoa.social.publish.outgoing import hash_of
from stoa.social.publish.picturing import fitted_pictures, keep_uses, kept_pictures


def show_pictures(story: Story) -> None:
    """What a worker will send in the coming days has a picture; the draft has credit to give."""
    chosen = {
        key: Asset.objects.with_file().filter(id=story.known("asset", key) or 0).first()
        for key in ("lamp-after", "bicycle-after")
    }
    lamp, bicycle = chosen["lamp-after"], chosen["bicycle-after"]
    coming = Post.objects.filter(state="planned", at__gt=story.now).order_by("at").first()
    if lamp is None or bicycle is None or coming is None:
        return
    shown_in_post(coming, (lamp,))
    for variant in coming.variants.select_related("channel", "delivery"):
        freeze_with_pictures(variant, coming)
    with story.at(story.now - timedelta(hours=20)):
        draft = Post.objects.create(
            text="Two things that left Hall 3 on their own feet this month.", by_id=coming.by_id, language="en"
        )
        Variant.objects.create(post=draft, channel_id=story.id_of("channel", next(iter(story.made["channel"]))))
        shown_in_post(draft, (lamp, bicycle))


def shown_in_post(post: Post, assets: tuple[Asset, ...]) -> None:
    post.pictures = kept_pictures(post, [Shown(each.file.id, each.alt, each.focal) for each in assets])
    post.save(update_fields=["pictures"])
    keep_uses(post)


def freeze_with_pictures(variant: Variant, post: Post) -> None:
    variant.post, delivery = post, variant.delivery
    if delivery is None:
        return
    shown = [
        {"file": each.file, "alt": each.alt, **({"of": each.of} if each.of else {})}
        for each in fitted_pictures(variant)
    ]
    content = {**delivery.content, "pictures": shown}
    Delivery.objects.filter(id=delivery.id).update(content=content, request_hash=hash_of(content, delivery.answers))
