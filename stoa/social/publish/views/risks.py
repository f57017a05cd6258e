"""What is planned for a channel and may not go out in time."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render
from stoa.base.requests import Request
from stoa.social.networks.models import Channel
from stoa.social.publish import policy
from stoa.social.publish.risk_pages import RiskPage


@require_GET
def at_risk(request: Request, channel_id: int) -> HttpResponse:
    if not policy.may_see_posts(request.actor):
        raise NotAllowed(_("You may not see posts."))
    channel = find(Channel.objects.visible_to(request.actor), id=channel_id)
    page = RiskPage.of(channel, request.actor, request.GET.get("why", ""), request.GET.get("after", ""))
    return render(request, "publish/at_risk.html", {"page": page})
