"""What one follows: the page of all of it, and saying how."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stoa.base import things
from stoa.base.errors import NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.people.actions.profile import follow
from stoa.people.following import follows_page


@require_GET
def follows(request: Request) -> HttpResponse:
    """All that one watches, follows or muted, the latest first."""
    if not request.actor.is_member:
        raise NotAllowed(_("Members follow things."), _("Join, or sign in."))
    page = follows_page(request.actor, request.GET.get("before", ""))
    return render(request, "people/follows.html", {"page": page})


@require_POST
def level(request: Request, key: str, number: int) -> HttpResponse:
    """Watches, follows or mutes one thing, or forgets that."""
    card = things.cards([(key, number)], to=request.actor).get((key, number))
    if card is None:
        raise Http404
    follow((key, number), request.POST.get("level", ""), by=request.actor)
    return see_other(reverse("people:follows") if request.POST.get("from") == "list" else card.address)
