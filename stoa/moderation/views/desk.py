"""The desk: the queue, a case, deciding it, deciding an appeal."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.moderation.actions.appeal import decide_appeal
from stoa.moderation.actions.decision import check_verdict, decide_case
from stoa.moderation.forms import DecisionForm, RulingForm
from stoa.moderation.models import Appeal, Case, Clause, Decision
from stoa.moderation.policy import may_see_queue
from stoa.moderation.reading import case_page, queue_page
from stoa.moderation.statements import content_of


@require_GET
def queue(request: Request) -> HttpResponse:
    """What waits, heaviest first."""
    if not may_see_queue(request.actor):
        raise NotAllowed(_("This page is for moderators."))
    return render(request, "moderation/queue.html", queue_page(request.actor, request.GET.get("after", "")))


def _found(request: Request, case_id: int) -> Case:
    return find(Case.objects.visible_to(request.actor).select_related("space", "author"), id=case_id)


def _draw(request: Request, case: Case, status: int = 200, **more: Any) -> HttpResponse:
    page = case_page(case, request.actor)
    if "form" not in more:
        first = page["reports"][0].clause.number if page["reports"] else ""
        more["form"] = _form(request, None, page, first)
    values = {"preview": None, "ruling_form": RulingForm(), **page, **more}
    return render(request, "moderation/case.html", values, status=status)


def _form(request: Request, given: Any, page: dict[str, Any], cited: str = "") -> DecisionForm:
    clauses = list(Clause.objects.visible_to(request.actor).in_force())
    initial = {"clause": next((each.shown_id for each in clauses if each.number == cited), "")}
    may = {each: page[each] for each in ("may_suspend", "may_restrict")}
    return DecisionForm(given, clauses=clauses, initial=initial, **may)


@require_GET
def case(request: Request, case_id: int) -> HttpResponse:
    return _draw(request, _found(request, case_id))


@require_POST
def decision(request: Request, case_id: int) -> HttpResponse:
    """Shows the statement first (`preview`), or decides."""
    found = _found(request, case_id)
    form = _form(request, request.POST, case_page(found, request.actor))
    if form.is_valid():
        verdict = form.verdict()
        try:
            if "preview" not in request.POST:
                decide_case(found, verdict, by=request.actor)
                messages.success(request, _("Decided. Whom it concerns is told."))
                return see_other(reverse("moderation:desk"))
            check_verdict(found, verdict, by=request.actor)
            return _draw(
                request, found, form=form, preview=content_of(verdict.drafted(found, by=request.actor), reports=1)
            )
        except NotAllowed:
            raise
        except Refusal as refusal:
            form.add_error(None, refusal.reason)
    return _draw(request, found, status=422, form=form)


@require_POST
def ruling(request: Request, appeal_id: int) -> HttpResponse:
    """Somebody else decides an appeal."""
    rows = Appeal.objects.visible_to(request.actor).select_related("decision__case__space", "decision__case__author")
    made = find(rows.filter(decision__in=Decision.objects.visible_to(request.actor)), id=appeal_id)
    form = RulingForm(request.POST)
    if not form.is_valid():
        return _draw(request, made.decision.case, status=422, ruling_form=form)
    decide_appeal(
        made, upheld=form.cleaned_data["upheld"] == "yes", reasons=form.cleaned_data["reasons"], by=request.actor
    )
    return see_other(made.decision.case.address)
