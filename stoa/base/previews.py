"""A text as it will stand when it is kept: drawn by the one renderer, under its writer's rights. Nothing is written.

    form = previews.form_of(TopicForm, request, initial)      as it begins, as it was sent, or as it was typed so far
    values["preview"] = previews.asked(request)               None when no preview is asked for
    previews.asked(request, previews.box_of(request, "opening", "how"))         where a page has several writing boxes

What is sent with a picture that nobody described is shown so too, once: its writer is asked for a few words, or sends it as it is.

A writing box (`ui.composer(preview=ADDRESS)`) brings the button; the page has the place, `base/preview.html`, in its block `preview`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from stoa.base import files, ids, text
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.requests import Request
from stoa.base.text.source import NO_GROUPS
from stoa.base.things import Reference

FIELD = "preview"
AS_IT_IS = "as_it_is"
_silent = re.compile(rf"!\[\s*\]\(/files/[{ids.ALPHABET}]{{{ids.LENGTH}}}")
F = TypeVar("F", bound=Form)
Check = Callable[[text.Written], object]


@dataclass(frozen=True)
class Preview:
    """The text as shown, and which way it is read; or `trouble`: why it could not be kept as it stands. `silent`: how many pictures
    without a description its writer is asked about."""

    shown: Markup = field(default_factory=Markup)
    direction: str = "auto"
    trouble: str = ""
    silent: int = 0


def is_asked(request: HttpRequest) -> bool:
    """Whether the form was sent to be looked at, or has to be looked at once more before it is kept."""
    return is_preview(request) or silent_pictures(request) > 0


def box_of(request: HttpRequest, *names: str) -> str:
    """Of a page's several writing boxes, the one whose preview is asked for; the first when none of them is named."""
    pressed = request.POST.get(FIELD, "")
    return pressed if pressed in names else names[0]


def is_preview(request: HttpRequest) -> bool:
    """Whether the form was sent to be looked at, not to be kept."""
    return request.method == "POST" and FIELD in request.POST


def silent_pictures(request: HttpRequest, name: str = "source") -> int:
    """How many pictures of a text that is sent have no description, unless its writer was asked already."""
    if request.method != "POST" or AS_IT_IS in request.POST:
        return 0
    return len(_silent.findall(request.POST.get(name, "")))


def form_of(kind: type[F], request: Request, initial: Mapping[str, Any] | None = None, **named: Any) -> F:
    """The form of a page: for a preview it holds what was typed, and judges nothing yet. `named` is for the form itself."""
    if is_asked(request):
        unsent = dict.fromkeys(kind.base_fields, "")  # what no field sent is empty: a box unticked
        return kind(initial=unsent | request.POST.dict(), **named)
    return kind(request.POST or None, initial=dict(initial or {}), **named)


def asked(
    request: Request,
    name: str = "source",
    thing: Reference | None = None,
    check: Check | None = None,
    groups: Mapping[str, str] = NO_GROUPS,
) -> Preview | None:
    """The preview of what was typed into that field, if one is asked for. `thing` is what holds the text already; `check` raises what
    else would be refused of it; `groups` are those that its writer may call there."""
    if not is_asked(request):
        return None
    shown = preview(request.POST.get(name, ""), thing, check, groups, by=request.actor)
    if is_preview(request) or shown.trouble:
        return shown
    return replace(shown, silent=silent_pictures(request, name))


def preview(
    source: str,
    thing: Reference | None = None,
    check: Check | None = None,
    groups: Mapping[str, str] = NO_GROUPS,
    *,
    by: Actor,
) -> Preview:
    """How this text would be shown to its writer."""
    try:
        written = text.write(source, groups=groups)
        if check:
            check(written)
        files.check_pictures(written, thing, by=by)
    except Invalid as refusal:
        return Preview(trouble=refusal.reason)
    if written.is_empty:
        return Preview(trouble=_("Write something first."))
    return Preview(text.show_written(written, to=by), written.direction)
