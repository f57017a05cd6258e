"""What the feeds bring to lower rooms' sockets: the front page names them to readers that look there."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from markupsafe import Markup

from stoa.base.addresses import address
from stoa.base.panels import panel
from stoa.base.standing_queries import standing
from stoa.social.networks.web_feed.home.models import Feed

NAMED = 5


@panel("front.home.head", queries=1)
def named_feeds(request: HttpRequest, actor: Any) -> str:
    """The links by which a reader finds the feeds of a site from its front page (autodiscovery)."""
    line = Markup('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">')
    found = standing(latest)
    return Markup("\n  ").join(line.format(each.title, address("web_feed:atom", handle=each.handle)) for each in found)


def latest() -> QuerySet[Feed]:
    """The feeds that changed last."""
    return Feed.objects.order_by("-changed_at", "id")[:NAMED]
