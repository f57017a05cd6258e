"""Old addresses of communities that moved in: they lead to where the thing stands now. Asked last, after every page of our own."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from stoa.base.requests import Request
from stoa.front.moved import leads_to, stands_at


@require_safe
def address(request: Request, old: str) -> HttpResponse:
    """By the path that it had there."""
    return _led(leads_to(old, to=request.actor))


@require_safe
def thing(request: Request, home_id: int, kind: str, old: str) -> HttpResponse:
    """By what it was there: for links that were written before the thing itself was here."""
    return _led(stands_at(home_id, kind, old, to=request.actor))


def _led(found: str) -> HttpResponse:
    if not found:
        raise Http404
    return HttpResponseRedirect(found)
