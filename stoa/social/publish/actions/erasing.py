"""Leaving nothing of an erased author's words: in posts and their links at once, in deliveries when the networks have answered.

What stays of a delivery is that it was sent: the digest of what it said, its attempts with the networks' answers, its address and ids.
"""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.things import Reference
from stoa.social.publish import policy
from stoa.social.publish.actions.correcting import give_up
from stoa.social.publish.models import AssetUse, Delivery, Link, Post, Variant
from stoa.social.publish.models.delivery import ASKS, HELD, PUBLISHED, REFUSED, STOPPED, WITHDRAWN

WORDLESS = {"text": "", "comment": "", "credit": "", "card_title": "", "what": "", "language": "", "pictures": []}
ANSWERED = Q(state__in=(HELD, REFUSED, STOPPED, WITHDRAWN)) | Q(state=ASKS) & ~Q(question="ambiguous")
BY_HAND = Q(channel__is_by_hand=True)  # no network is looked up by these words, and nobody should post them any more
TAKEN_DOWN = Q(state=PUBLISHED, takedown__in=("gone", "stands", "unclear"))


def erase_words(material: Reference, *, by: Actor) -> int:
    """Empties what was made from this material. Says how many deliveries keep their words until a network has answered. May run twice."""
    if not policy.may_erase(by):
        raise NotAllowed(_("Only their author's leaving erases words."))
    now = clock.now()
    with transaction.atomic():
        posts = Post.objects.filter(material_key=material[0], material_id=material[1])
        Variant.objects.filter(post__in=posts).update(text="", comment="")
        Link.objects.filter(delivery__post__in=posts).update(what="")
        AssetUse.objects.filter(post__in=posts).delete()
        posts.filter(erased_at=None).update(**WORDLESS, erased_at=now)
        carrying = Delivery.objects.filter(about_key=material[0], about_id=material[1], erased_at=None)
        for row in carrying.filter(ANSWERED | TAKEN_DOWN | BY_HAND).select_for_update(of=("self",)).order_by("id"):
            empty(row)
        return carrying.count()


def empty(row: Delivery) -> None:
    """Its link stays, and why it is not there: that may name the author, so it is said in our words."""
    content = {"text": "", "link": row.content.get("link", ""), "card": None, "pictures": [], "language": ""}
    why = {} if row.state == PUBLISHED else {"reason": _("Erased at the author's request."), "mend": ""}
    give_up(row.id, _("Erased at the author's request."))
    row.corrections.update(words="", before={}, content={})
    Delivery.objects.filter(id=row.id).update(content=content, erased_at=clock.now(), **why)
