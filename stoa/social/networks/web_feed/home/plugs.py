"""What the feeds bring to lower rooms' sockets: the front page names them to readers that look there."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from markupsafe import Markup

from stoa.base.panels import panel
from stoa.social.networks.web_feed.home.models import Feed

NAMED = 5


@panel("front.home.head", queries=1)
def named_feeds(request: HttpRequest, actor: Any) -> str:
    """The links by which a reader finds the feeds of a site from its front page (autodiscovery)."""
    line = Markup('<link rel="alternate" type="application/atom+xml" title="{}" href="{}">')
    found = Feed.objects.order_by("-changed_at", "id")[:NAMED]
    return Markup("\n  ").join(line.format(each.title, reverse("web_feed:atom", args=[each.handle])) for each in found)
