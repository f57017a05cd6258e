"""The desk's settings: every typed option with its sentence."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stoa.base import options
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.options import Option
from stoa.base.pages import render, see_other
from stoa.base.requests import Request


@require_GET
def settings(request: Request) -> HttpResponse:
    """All of them, by key."""
    if not options.may_change_options(request.actor):
        raise NotAllowed(_("You may not change how this place works."), _("Ask one of its owners."))
    return render(request, "front/options.html", {"options": options.all_options(), "values": options.values()})


@require_POST
def option(request: Request, key: str) -> HttpResponse:
    """Gives one of them another value."""
    declared = options.find(key)
    if declared is None:
        raise Http404
    options.set_option(key, typed(declared, request.POST.get("value", "")), by=request.actor)
    return see_other(reverse("front:options"))


def typed(declared: Option[Any], text: str) -> Any:
    """What was typed as the option's own type. Raises `Invalid`."""
    if declared.kind is bool:
        return text == "on"
    try:
        return declared.kind(text)
    except ValueError:
        raise Invalid(_("This takes a number."), field=declared.key) from None
