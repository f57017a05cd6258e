"""What newsletters bring to lower rooms' sockets: the right to manage them, what is kept of a person, a way to them from the channels."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from stoa.base.mail.returning import Returns, returned_to
from stoa.base.pages import piece
from stoa.base.panels import panel
from stoa.people import keeping, rights
from stoa.social.networks.newsletter.home import options  # noqa: F401  (its settings)
from stoa.social.networks.newsletter.home.actions.returned import is_return_address, take_report
from stoa.social.networks.newsletter.home.keeping import KEEPING
from stoa.social.networks.newsletter.home.policy import MANAGE, may_manage

rights.register(MANAGE, lambda: _("Manage newsletters and see who gets them"), "social_media_manager")
keeping.register(KEEPING)
returned_to(Returns(is_return_address, take_report))


@panel("networks.channels.content", queries=0, order=90)
def way_to_newsletters(request: HttpRequest, actor: Any) -> str:
    return piece(request, "newsletter/way.html") if may_manage(actor) else ""
