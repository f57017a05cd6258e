"""The mailbox of a demo folder: every letter, to read in the browser. Nowhere else."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET

from stoa.base.models.site import site
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.people.reading import latest_letters


@require_GET
def mailbox(request: Request) -> HttpResponse:
    """The latest letters, whoever they are to: the demo's people are invented, and the folder answers to this machine alone."""
    if not site().is_demo:
        raise Http404
    return render(request, "people/mailbox.html", {"letters": latest_letters()})
