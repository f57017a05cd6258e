"""The desk's page of the guidelines: the draft, its clauses, its publication, the norms."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.moderation.actions.guidelines import (
    Wording,
    drop_clause,
    publish_guidelines,
    retire_norm,
    start_draft,
    write_clause,
    write_norm,
)
from stoa.moderation.forms import ClauseForm, NormForm
from stoa.moderation.models import Clause, GuidelineVersion, Norm
from stoa.moderation.policy import may_edit_guidelines
from stoa.moderation.reading import drafting_page


def _draw(request: Request, form: ClauseForm | None = None, norm_form: NormForm | None = None) -> HttpResponse:
    wrong = bool((form and form.errors) or (norm_form and norm_form.errors))
    values = {"form": form or ClauseForm(), "norm_form": norm_form or NormForm(), **drafting_page(request.actor)}
    return render(request, "moderation/desk_guidelines.html", values, status=422 if wrong else 200)


def _back() -> HttpResponse:
    return see_other(reverse("moderation:desk_guidelines"))


def _draft(request: Request) -> GuidelineVersion:
    return find(GuidelineVersion.objects.visible_to(request.actor).filter(published_at=None))


@require_http_methods(["GET", "POST"])
def guidelines(request: Request) -> HttpResponse:
    """What stands there; POST begins the next version."""
    if not may_edit_guidelines(request.actor):
        raise NotAllowed(_("You may not change the guidelines."))
    if request.method == "POST":
        start_draft(by=request.actor)
        return _back()
    return _draw(request)


@require_POST
def clauses(request: Request) -> HttpResponse:
    """Writes one clause of the draft."""
    draft = _draft(request)
    form = ClauseForm(request.POST)
    if form.is_valid():
        try:
            write_clause(draft, Wording(**form.cleaned_data), by=request.actor)
            return _back()
        except Refusal as refusal:
            form.add_error(getattr(refusal, "field", "") or None, refusal.reason)
    return _draw(request, form)


@require_http_methods(["DELETE"])
def clause(request: Request, clause_id: int) -> HttpResponse:
    drop_clause(
        find(Clause.objects.visible_to(request.actor).select_related("version"), id=clause_id), by=request.actor
    )
    return _back()


@require_POST
def publication(request: Request) -> HttpResponse:
    publish_guidelines(_draft(request), request.POST.get("summary", ""), by=request.actor)
    return see_other(reverse("moderation:guidelines"))


@require_POST
def norms(request: Request) -> HttpResponse:
    """Writes a norm of the site."""
    form = NormForm(request.POST)
    if not may_edit_guidelines(request.actor):
        raise NotAllowed(_("You may not change the norms."))
    if form.is_valid():
        write_norm(**form.cleaned_data, by=request.actor)
        return _back()
    return _draw(request, norm_form=form)


@require_http_methods(["DELETE"])
def norm(request: Request, norm_id: int) -> HttpResponse:
    retire_norm(find(Norm.objects.visible_to(request.actor).select_related("space"), id=norm_id), by=request.actor)
    return _back()
