"""Where a tracked link stands: in which post, of which campaign, on which channel."""

from collections.abc import Collection
from dataclasses import dataclass

from stoa.social.publish.models import Link


@dataclass(frozen=True)
class Place:
    """One link's place; ids are None where it stands in no post of ours (a poster, a letter)."""

    link: int
    code: str
    what: str
    campaign: int | None
    campaign_name: str
    channel: int | None
    channel_title: str
    post: int | None
    post_title: str


def places(links: Collection[int], codes: Collection[str]) -> list[Place]:
    """The places of the links with these ids or codes."""
    rows = Link.objects.filter(id__in=links) | Link.objects.filter(code__in=codes)
    return [_place(link) for link in rows.select_related("delivery__channel", "delivery__post", "placement__campaign")]


def _place(link: Link) -> Place:
    placement, sent = getattr(link, "placement", None), link.delivery
    campaign, name = (placement.campaign_id, placement.campaign.name) if placement else (None, "")
    what = (placement.label if placement else "") or link.what or link.target
    if sent is None:
        return Place(link.id, link.code, what, campaign, name, None, "", None, "")
    post = sent.post
    title, number = (post.title, post.id) if post else (what, None)
    return Place(link.id, link.code, what, campaign, name, sent.channel_id, sent.channel.title, number, title)
