"""Presence at the desk: all channels in a list, one channel as a stranger sees it."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.listen.actions.appearing import look_now
from stoa.social.listen.policy import may_read_channel
from stoa.social.listen.presence import faces, faces_of, posts_shown
from stoa.social.networks.models import Channel
from stoa.social.networks.policy import may_see_channels


@require_GET
def presence(request: Request) -> HttpResponse:
    if not may_see_channels(request.actor):
        raise NotAllowed(_("You may not see channels."))
    return render(request, "listen/presence.html", {"faces": faces(request.actor)})


@require_http_methods(["GET", "POST"])
def channel(request: Request, channel_id: int) -> HttpResponse:
    """POST: look at it now."""
    row = find(Channel.objects.visible_to(request.actor), id=channel_id)
    if request.method == "POST":
        look_now(row, by=request.actor)
        return see_other(reverse("listen:appearance", args=[row.id]))
    face = faces_of([row], request.actor)[0]
    values = {
        "look": face,
        "posts": posts_shown(face, request.actor),
        "reads_inbox": may_read_channel(request.actor, row.id),
    }
    return render(request, "listen/appearance.html", values)
