"""The desk's settings: every typed option with its sentence."""

import re
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

NUMBERS = {
    int: re.compile(r"[+-]?[0-9]{1,40}"),
    float: re.compile(r"[+-]?[0-9.]{1,40}(e[+-]?[0-9]{1,3})?", re.IGNORECASE),
}


@require_GET
def settings(request: Request) -> HttpResponse:
    """All of them, by key."""
    only_by_those_who_may(request)
    return page(request)


@require_POST
def option(request: Request, key: str) -> HttpResponse:
    """Gives one of them another value; one that is refused stays in its field, beside the reason."""
    declared, text = options.find(key), request.POST.get("value", "")
    if declared is None:
        raise Http404
    only_by_those_who_may(request)
    try:
        options.set_option(key, typed(declared, text), by=request.actor)
    except Invalid as refusal:
        return page(request, refused=key, text=text, reason=refusal.reason)
    return see_other(reverse("front:options"))


def only_by_those_who_may(request: Request) -> None:
    if not options.may_change_options(request.actor):
        raise NotAllowed(_("You may not change how this place works."), _("Ask one of its owners."))


def page(request: Request, refused: str = "", text: str = "", reason: str = "") -> HttpResponse:
    """The settings as they stand; of the one that was refused, what was typed."""
    values = {"options": options.all_options(), "values": options.values(), "refused": refused}
    said = {"text": text, "reason": reason}
    return render(request, "front/options.html", {**values, **said}, status=422 if refused else 200)


def typed(declared: Option[Any], text: str) -> Any:
    """What was typed as the option's own type. Raises `Invalid`."""
    if declared.kind is bool and text in ("on", ""):
        return text == "on"
    if declared.kind is str:
        return text
    number = NUMBERS.get(declared.kind)
    try:
        if number and number.fullmatch(text.strip()):
            return declared.kind(text)
    except ValueError:
        pass
    raise Invalid(declared.takes(), field=declared.key)
