"""The programme at the desk: formats, one format, and starting it."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import once, previews
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.base.text import show_each
from stoa.community.gather import actions, policy
from stoa.community.gather.forms import FormatForm
from stoa.community.gather.listing import spaces_to_plan_in
from stoa.community.gather.models import Format
from stoa.community.gather.programme import FormatPage
from stoa.community.gather.programme import programme as lines_of


@require_GET
def programme(request: Request) -> HttpResponse:
    """What comes round again, each with the one act that starts it."""
    if not policy.may_see_desk_events(request.actor):
        raise NotAllowed(_("This page is for those who plan events."))
    return render(request, "gather/programme.html", {"lines": lines_of(request.actor)})


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request) -> HttpResponse:
    if not policy.may_see_desk_events(request.actor):
        raise NotAllowed(_("This page is for those who plan events."))
    form = previews.form_of(FormatForm, request, spaces=spaces_to_plan_in(request.actor))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.keep_format(form.space(), form.plan(), by=request.actor)
            return see_other(reverse("gather:format", kwargs={"format_id": made.id}))
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    return written(request, form, {"page": None})


@require_http_methods(["GET", "POST"])
def format(request: Request, format_id: int) -> HttpResponse:
    """How it is run, what was started of it, and changing it."""
    row = kept(request, format_id)
    form = previews.form_of(FormatForm, request, FormatForm.of(row))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_format(row, form.plan(), by=request.actor)
            messages.success(request, _("Saved."))
            return see_other(request.path)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    shown = show_each([row], to=request.actor)[row.id]
    return written(request, form, {"page": FormatPage.of(kept(request, format_id)), "shown": shown})


@require_http_methods(["POST"])
@once.per_form
def occasions(request: Request, format_id: int) -> HttpResponse:
    made = actions.start_format(kept(request, format_id), by=request.actor)
    return see_other(made.get_absolute_url())


def written(request: Request, form: FormatForm, values: dict[str, object]) -> HttpResponse:
    """The page with its form, and a preview of the box that asks for one."""
    preview = previews.asked(request, previews.box_of(request, "opening", "how"))
    values = {**values, "form": form, "preview": preview}
    return render(request, "gather/format.html", values, fragment="preview", status=422 if form.errors else 200)


def kept(request: Request, format_id: int) -> Format:
    """A format that the actor may keep; for others it does not exist."""
    row = find(Format.objects.visible_to(request.actor).select_related("space"), id=format_id)
    if not policy.may_plan_event(request.actor, row.space):
        raise Http404
    return row
