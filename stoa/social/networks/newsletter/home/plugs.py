"""What newsletters bring to lower rooms' sockets: the right to manage them, what is kept of a person, a way to them from the channels."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base.mail.returning import Returns, returned_to
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.people import keeping, rights
from stoa.social.networks.newsletter.home import facts, options  # noqa: F401  (its facts and settings)
from stoa.social.networks.newsletter.home.actions.returned import is_return_address, take_report
from stoa.social.networks.newsletter.home.keeping import KEEPING
from stoa.social.networks.newsletter.home.models import Newsletter
from stoa.social.networks.newsletter.home.policy import MANAGE, may_manage

rights.register(MANAGE, lambda: _("Manage newsletters and see who gets them"), "social_media_manager")
keeping.register(KEEPING)
returned_to(Returns(is_return_address, take_report))


@panel("networks.channels.content", queries=0, order=90)
def way_to_newsletters(request: HttpRequest, actor: Any) -> str:
    return piece(request, "newsletter/way.html") if may_manage(actor) else ""


@panel("networks.channel.content", queries=1, order=90)
def of_channel(request: HttpRequest, channel: Any) -> str:
    """On the page of a newsletter's channel: the way to its list and to how far its issues are."""
    if channel.network != "newsletter" or not may_manage(request.actor):  # type: ignore[attr-defined]
        return ""
    found = Newsletter.objects.filter(handle=channel.handle).first()
    return piece(request, "newsletter/of_channel.html", {"newsletter": found}) if found else ""


@panel("people.notices.wishes", queries=1, order=90)
def newsletters_too(request: HttpRequest, actor: Any) -> str:
    """Beside what a member is told by mail, what they can have sent to them."""
    return piece(request, "newsletter/wishes.html") if Newsletter.objects.offered().exists() else ""
