"""Campaigns: made, given links, and joined to the posts that were written for them."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.facts import announce
from stoa.bridge import policy
from stoa.bridge.facts import CampaignMade
from stoa.bridge.models import Campaign, Placement
from stoa.social.publish.actions import mint_link
from stoa.social.publish.models import Link, Post

CAMPAIGN = "bridge.campaign"  # the key of campaigns as material: what a post written for one says that it was made from


def make_campaign(
    *,
    name: str,
    goal: str,
    starts_at: datetime,
    ends_at: datetime,
    by: Actor,
    words: str = "",
    joins_wanted: int | None = None,
) -> Campaign:
    if not policy.may_campaign(by):
        raise NotAllowed(_("You may not make campaigns."))
    if ends_at <= starts_at:
        raise Invalid(_("It ends before it begins."), field="ends")
    if not name.strip() or not goal.strip():
        raise Invalid(_("A campaign has a name and a goal."), field="name")
    with transaction.atomic():
        campaign = Campaign.objects.create(
            name=name.strip()[:120], goal=goal.strip()[:300], words=words.strip()[:600], joins_wanted=joins_wanted,
            starts_at=starts_at, ends_at=ends_at, by_id=by.person_id,
        )  # fmt: skip
        announce(CampaignMade(campaign.id), by=by)
    return campaign


def add_link(campaign: Campaign, *, label: str, target: str, by: Actor) -> Placement:
    """A link made by hand: for a poster, a letter, a profile. It leads to the join page or to another page."""
    if not policy.may_campaign(by):
        raise NotAllowed(_("You may not make campaigns."))
    if not label.strip():
        raise Invalid(_("Say where this link hangs."), field="label")
    with transaction.atomic():
        link = mint_link(target, by=by, what=f"{campaign.name}: {label}")
        return Placement.objects.create(campaign=campaign, link=link, label=label.strip()[:120])


def place_post(post_id: int) -> int:
    """Joins the links of a post that was written for a campaign to it. Says how many; may run twice."""
    post = Post.objects.filter(id=post_id, material_key=CAMPAIGN).first()
    campaign = Campaign.objects.filter(id=post.material_id or 0).first() if post else None
    if campaign is None:
        return 0
    links = Link.objects.filter(delivery__post=post_id, placement=None)
    return len([Placement.objects.get_or_create(link=link, defaults={"campaign": campaign}) for link in links])
