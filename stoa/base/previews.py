"""A text as it will stand when it is kept: drawn by the one renderer, under its writer's rights. Nothing is written.

    form = previews.form_of(TopicForm, request, initial)      as it begins, as it was sent, or as it was typed so far
    values["preview"] = previews.asked(request)               None when no preview is asked for

A writing box (`ui.composer(preview=ADDRESS)`) brings the button; the page has the place, `base/preview.html`, in its block `preview`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _
from markupsafe import Markup

from stoa.base import files, text
from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.requests import Request
from stoa.base.things import Reference

FIELD = "preview"
F = TypeVar("F", bound=Form)


@dataclass(frozen=True)
class Preview:
    """The text as shown, and which way it is read; or `trouble`: why it could not be kept as it stands."""

    shown: Markup = field(default_factory=Markup)
    direction: str = "auto"
    trouble: str = ""


def is_asked(request: HttpRequest) -> bool:
    """Whether the form was sent to be looked at, not to be kept."""
    return request.method == "POST" and FIELD in request.POST


def form_of(kind: type[F], request: Request, initial: Mapping[str, Any] | None = None) -> F:
    """The form of a page: for a preview it holds what was typed, and judges nothing yet."""
    if is_asked(request):
        return kind(
            initial=dict.fromkeys(kind.base_fields, "") | request.POST.dict()
        )  # what no field sent is empty: a box unticked
    return kind(request.POST or None, initial=dict(initial or {}))


def asked(request: Request, name: str = "source", thing: Reference | None = None) -> Preview | None:
    """The preview of what was typed into that field, if one is asked for; `thing` is what holds the text already."""
    return preview(request.POST.get(name, ""), thing, by=request.actor) if is_asked(request) else None


def preview(source: str, thing: Reference | None = None, *, by: Actor) -> Preview:
    """How this text would be shown to its writer."""
    try:
        written = text.write(source)
        files.check_pictures(written, thing, by=by)
    except Invalid as refusal:
        return Preview(trouble=refusal.reason)
    if written.is_empty:
        return Preview(trouble=_("Write something first."))
    return Preview(text.show_written(written, to=by), written.direction)
