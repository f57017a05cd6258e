"""Drafts: what somebody is writing, kept until it is planned or thrown away."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models.file import File
from stoa.social.networks.models import Channel
from stoa.social.publish import policy
from stoa.social.publish.actions.links import checked_target
from stoa.social.publish.material import Material, Shown
from stoa.social.publish.models import Post, Variant
from stoa.social.publish.picturing import keep_uses, kept_pictures, may_take


@dataclass(frozen=True)
class VariantDraft:
    """The form of a post for one channel. `text` None: the shared text; `comment` empty: the shared one."""

    channel: Channel
    text: str | None = None
    comment: str = ""


@dataclass(frozen=True)
class Draft:
    """What the variants share. `target` is a path of ours or an address; each channel gets its own tracked link to it. Lines of three
    hyphens part the text; `comment` answers its first part, `is_numbered` counts the parts."""

    text: str = ""
    target: str = ""
    card_title: str = ""
    what: str = ""
    language: str = ""
    pictures: tuple[Shown, ...] = field(default=())
    comment: str = ""
    is_numbered: bool = False


def save_draft(
    post: Post | None, draft: Draft, variants: Iterable[VariantDraft], *, material: Material | None = None, by: Actor
) -> Post:
    """Keeps a draft. From material come the credit, which stays, and where the link leads when nothing else is said."""
    wanted = list(variants)
    if not policy.may_compose(by) or (post and not policy.may_edit_draft(by, post)):
        raise NotAllowed(_("You may not write posts here."))
    for each in wanted:
        check_channel(each.channel, material, by=by)
    with transaction.atomic():
        post = Post.objects.select_for_update().get(id=post.id) if post else Post(by_id=by.person_id)
        if not post.is_draft:
            raise NotPossible(_("This post is planned already."))
        if post.erased_at:
            raise NotPossible(_("Its words were erased at the author's request."), _("Throw it away, and begin anew."))
        take(post, draft, material, by=by)
        keep_variants(post, wanted)
        files.attach([each.file for each in draft.pictures], ("publish.post", post.id), by=by)
    return post


def check_channel(channel: Channel, material: Material | None, *, by: Actor) -> None:
    if not policy.may_plan(by, channel):
        raise NotAllowed(_("You may not publish on %(channel)s.") % {"channel": channel.title})
    if material and material.channels is not None and channel.id not in material.channels:
        reason = _("The author's words may not be used on %(channel)s.") % {"channel": channel.title}
        raise Invalid(reason, _("Choose another channel, or ask the author."), field="channels")


def take(post: Post, draft: Draft, material: Material | None, *, by: Actor) -> None:
    """Takes the draft's values into the row."""
    target = draft.target or (material.target if material else "")
    post.text, post.what, post.language = draft.text, draft.what[:120], draft.language[:12]
    post.comment, post.is_numbered = draft.comment, draft.is_numbered
    post.target, post.card_title = checked_target(target) if target else "", draft.card_title[:200]
    allowed = {each.file for each in material.pictures} if material else set()
    if any(each.file not in allowed and not may_use(each.file, post, by=by) for each in draft.pictures):
        raise Invalid(_("One of the pictures is not known."), _("Take it out, or bring it anew."), field="pictures")
    post.pictures = kept_pictures(post, draft.pictures)
    if material:
        post.material_key, post.material_id, post.credit = material.key, material.id, material.credit[:300]
    post.changed_at = clock.now()
    post.save()
    keep_uses(post)


def may_use(file_id: int, post: Post, *, by: Actor) -> bool:
    """What was brought for this post. A member's picture comes with material alone: seeing it is no consent."""
    found = File.objects.filter(id=file_id).first()
    if found is None or not (found.is_picture or found.is_video):
        return False
    if may_take(found, by=by):
        return True
    own = not found.is_attached and found.owner_id is not None and found.owner_id == by.person_id
    return own or (found.thing_key, found.thing_id) == ("publish.post", post.id)


def keep_variants(post: Post, wanted: list[VariantDraft]) -> None:
    post.variants.exclude(channel__in=[each.channel.id for each in wanted]).delete()
    for each in wanted:
        own = each.text is not None and each.text != post.text
        comment = each.comment if each.comment != post.comment else ""
        shown = {"is_own": own, "text": (each.text or "") if own else "", "comment": comment}
        Variant.objects.update_or_create(post=post, channel=each.channel, defaults=shown)


def throw_away(post: Post, *, by: Actor) -> None:
    """Throws a draft away. Its pictures are forgotten in time."""
    if not policy.may_edit_draft(by, post):
        raise NotAllowed(_("Only a draft can be thrown away."))
    if post.schedules.exists():
        raise NotPossible(
            _("This draft is repeated by a schedule."), _("It stays, so that one can see what was repeated.")
        )
    with transaction.atomic():
        files.detach(("publish.post", post.id))
        post.delete()
