"""Home: what this place is for visitors, what is new for members."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.front import home as reading


@require_GET
def home(request: Request) -> HttpResponse:
    """Whoever is not a member yet sees the public face."""
    if request.actor.is_member:
        return render(request, "front/own_home.html", {"own": reading.own(request.actor)})
    return render(request, "front/home.html", {"front": reading.front(request.actor)})
