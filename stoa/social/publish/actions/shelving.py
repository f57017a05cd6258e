"""Keeping a picture of a post in the library too."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.models.file import File
from stoa.social.library.actions import About, keep_file
from stoa.social.library.models import Asset
from stoa.social.publish import policy
from stoa.social.publish.models import Post
from stoa.social.publish.picturing import keep_uses


def keep_in_library(post: Post, file_ids: Iterable[int], *, by: Actor) -> list[Asset]:
    """Takes these pictures of the post into the library. Only those that were brought for it: a member's picture stays with its words."""
    if not policy.may_edit_draft(by, post):
        raise NotAllowed(_("You may not write posts here."))
    wanted, made = set(file_ids), list[Asset]()
    with transaction.atomic():
        for each in post.pictures:
            file = File.objects.filter(id=each["file"], thing_key="publish.post", thing_id=post.id).first()
            if file is not None and file.id in wanted and not each.get("asset"):
                made.append(keep_file(file, About(alt=each["alt"]), by=by))
                each["asset"] = made[-1].id
        if made:
            post.save(update_fields=["pictures"])
            keep_uses(post)
    return made
