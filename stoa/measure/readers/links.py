"""Where a tracked link stands: in which post, on which channel."""

from collections.abc import Collection
from dataclasses import dataclass

from stoa.social.publish.models import Link


@dataclass(frozen=True)
class Place:
    """One link's place; ids are None where it stands in no post of ours (a poster, a letter)."""

    link: int
    code: str
    what: str
    channel: int | None
    channel_title: str
    post: int | None
    post_title: str


def places(links: Collection[int], codes: Collection[str]) -> list[Place]:
    """The places of the links with these ids or codes."""
    rows = Link.objects.filter(id__in=links) | Link.objects.filter(code__in=codes)
    return [_place(link) for link in rows.select_related("delivery__channel", "delivery__post")]


def _place(link: Link) -> Place:
    sent = link.delivery
    if sent is None:
        return Place(link.id, link.code, link.what or link.target, None, "", None, "")
    post = sent.post
    title = post.title if post else link.what
    return Place(link.id, link.code, link.what, sent.channel_id, sent.channel.title, post.id if post else None, title)
