"""Links on one's own profile."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.links import add_link, ask_for_proof, take_link_away
from stoa.people.forms import LinkForm
from stoa.people.models import Person, ProfileLink
from stoa.people.models.link import MOST
from stoa.people.policy import may_follow, may_link_elsewhere


@require_http_methods(["GET", "POST"])
def links(request: Request) -> HttpResponse:
    """One's links with what was found behind them; adding one."""
    if not may_follow(request.actor):
        raise NotAllowed(_("Members have links on their profile."), _("Join, or sign in."))
    form = LinkForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_link(form.cleaned_data["address"], by=request.actor)
            return see_other(reverse("people:links"))
        except (Invalid, NotPossible) as refusal:
            form.add_error("address", refusal.reason)
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    values = {"form": form, "links": list(ProfileLink.objects.own(request.actor).order_by("id")), "most": MOST}
    values["may_add"] = may_link_elsewhere(request.actor)
    values["back"] = request.build_absolute_uri(me.address)
    return render(request, "people/links.html", values, status=422 if form.errors else 200)


@require_http_methods(["DELETE"])
def link(request: Request, link_id: int) -> HttpResponse:
    take_link_away(find(ProfileLink.objects.own(request.actor), id=link_id), by=request.actor)
    return see_other(reverse("people:links"))


@require_POST
def proof(request: Request, link_id: int) -> HttpResponse:
    """Looks for the proof now."""
    ask_for_proof(find(ProfileLink.objects.own(request.actor), id=link_id), by=request.actor)
    return see_other(reverse("people:links"))
