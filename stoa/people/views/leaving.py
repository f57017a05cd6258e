"""Taking one's data along, and leaving."""

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.leaving import erase_person, export_person
from stoa.people.models import Person


@require_GET
def security(request: Request) -> HttpResponse:
    """How one signs in, what is known, and the way out."""
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    return render(request, "people/security.html", {"person": me})


@require_POST
def export(request: Request) -> HttpResponse:
    """Everything that is known, as a zip."""
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    packed = export_person(me, by=request.actor)
    return HttpResponse(
        packed,
        content_type="application/zip",
        headers={"Content-Disposition": 'attachment; filename="stoa-export.zip"'},
    )


@require_http_methods(["GET", "POST"])
def leaving(request: Request) -> HttpResponse:
    """Says exactly what leaving does, and does it on their own word."""
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    if request.method == "GET":
        return render(request, "people/leaving.html", {"person": me})
    if (typed := request.POST.get("name", "").strip()) != me.name:
        error = _("To leave, write your name exactly as it stands here.")
        return render(request, "people/leaving.html", {"person": me, "typed": typed, "error": error}, status=422)
    erase_person(me, by=request.actor)
    logout(request)
    messages.success(
        request, _("You have left. Your account, your profile and your words are erased. Be welcome again, any time.")
    )
    return see_other("/")
