"""The desk's pages of moving in: what was brought, what a person confirms, how far it is."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.front.actions.moving_in import confirm_import, go_on, pause_import, write_claim_letters
from stoa.front.brought import ImportPage, imports_page, state_words
from stoa.front.models import Import
from stoa.front.policy import may_move_in


@require_GET
def imports(request: Request) -> HttpResponse:
    """All of them, the latest first."""
    _only_by_those_who_may(request)
    values = {"page": imports_page(request.actor, request.GET.get("before", "")), "state_of": state_words}
    return render(request, "front/imports.html", values)


@require_GET
def one(request: Request, import_id: int) -> HttpResponse:
    """One import: what is in it, and what is asked."""
    _only_by_those_who_may(request)
    row = find(Import.objects.visible_to(request.actor).select_related("home"), id=import_id)
    return render(request, "front/import.html", {"page": ImportPage.of(row, request.actor)}, fragment="progress")


@require_POST
def confirmation(request: Request, import_id: int) -> HttpResponse:
    """For whom each space is, said by a person: only then anything comes in."""
    _only_by_those_who_may(request)
    row = find(Import.objects.visible_to(request.actor).select_related("home"), id=import_id)
    said = typed(row, request.POST)
    try:
        confirm_import(row, said, by=request.actor)
    except Invalid as refusal:
        values = {"page": ImportPage.of(row, request.actor, said), "trouble": refusal.reason}
        return render(request, "front/import.html", values, status=422)
    messages.success(request, _("It is being carried in. You can leave this page."))
    return see_other(reverse("front:import", kwargs={"import_id": row.id}))


@require_http_methods(["POST", "DELETE"])
def pause(request: Request, import_id: int) -> HttpResponse:
    """Stops it for a while, and lets it go on."""
    _only_by_those_who_may(request)
    row = find(Import.objects.visible_to(request.actor), id=import_id)
    (go_on if request.method == "DELETE" else pause_import)(row, by=request.actor)
    return see_other(reverse("front:import", kwargs={"import_id": row.id}))


@require_POST
def letters(request: Request, import_id: int) -> HttpResponse:
    """Writes to those who can take over what they wrote."""
    _only_by_those_who_may(request)
    row = find(Import.objects.visible_to(request.actor), id=import_id)
    count = write_claim_letters(row, by=request.actor)
    messages.success(
        request, ngettext("%(n)s letter is on its way.", "%(n)s letters are on their way.", count) % {"n": count}
    )
    return see_other(reverse("front:import", kwargs={"import_id": row.id}))


def typed(row: Import, form: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    """What the form says of each place, by the place's key; the form numbers them."""
    return {
        each["key"]: {
            "takes": f"takes-{number}" in form,
            "visibility": form.get(f"visibility-{number}", ""),
            "name": form.get(f"name-{number}", each["name"]),
            "space": each["space"],
        }
        for number, each in enumerate(row.mapping)
    }


def _only_by_those_who_may(request: Request) -> None:
    if not may_move_in(request.actor):
        raise NotAllowed(_("You may not let a community move in."), _("Ask one of its owners."))
