"""What this room brings to lower rooms' sockets."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.panels import panel
from stoa.base.shell import kept_site
from stoa.front.leaving import KEEPING
from stoa.front.models.moving_in import MOVE_IN
from stoa.front.tour import COOKIE, STEPS, step, titles
from stoa.people import keeping, rights
from stoa.people.demo import PASSWORD

keeping.register(KEEPING)
rights.register(MOVE_IN, lambda: _("Let another community move in"), "community_manager", "operator")


@panel("base.top", queries=3)
def show_me(request: HttpRequest, actor: Actor) -> str:
    """The demo's bar: where one is in the tour, or on the two first pages that there is one."""
    if not kept_site().is_demo or request.path == reverse("front:tour"):
        return ""
    asked = request.COOKIES.get(COOKIE, "")
    if asked in map(str, range(1, STEPS + 1)):
        email = getattr(request.user, "email", "")
        shown = {"step": step(int(asked), actor), "titles": titles(), "email": email, "password": PASSWORD}
        return render_to_string("front/tour_bar.html", shown, request)
    begins = request.path in (reverse("front:home"), reverse("front:today"))
    return render_to_string("front/tour_begin.html", {}, request) if begins else ""
