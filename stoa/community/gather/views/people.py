"""Who comes to an event, who waits, who came, and who looks after it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import ids
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.gather import actions, policy
from stoa.community.gather.reading import people_page
from stoa.community.gather.views.events import found
from stoa.people.models import Person


@require_GET
def people(request: Request, event_id: int) -> HttpResponse:
    event = found(request, event_id)
    if not policy.may_see_who_comes(request.actor, event):
        raise Http404
    page = people_page(event, request.actor, request.GET.get("list", "going"), request.GET.get("after", ""))
    return render(request, "gather/people.html", {"page": page})


@require_http_methods(["POST"])
def attendance(request: Request, event_id: int) -> HttpResponse:
    event = found(request, event_id)
    came, among = (numbers(request.POST.getlist(name)) for name in ("came", "among"))
    actions.take_attendance(event, came, among=among, by=request.actor)
    messages.success(request, _("Kept who came."))
    return see_other(reverse("gather:people", args=[event.id]))


@require_http_methods(["POST", "DELETE"])
def host(request: Request, event_id: int, person_id: int) -> HttpResponse:
    event = found(request, event_id)
    person = find(Person.objects.visible_to(request.actor), id=person_id)
    act = actions.remove_host if request.method == "DELETE" else actions.add_host
    act(event, person, by=request.actor)
    return see_other(reverse("gather:people", args=[event.id]))


def numbers(shown: list[str]) -> list[int]:
    """The ids that were sent, without what is none."""
    return [number for number in map(ids.read, shown) if number is not None]
