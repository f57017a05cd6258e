"""The statement of reasons as its author reads it, and their appeal."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_POST

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.moderation.actions import appeal as acts
from stoa.moderation.forms import AppealForm
from stoa.moderation.models import Decision
from stoa.moderation.reading import statement_page


def _found(request: Request, decision_id: int) -> Decision:
    rows = Decision.objects.visible_to(request.actor).select_related("case__space", "statement", "clause")
    return find(rows, id=decision_id)


@require_GET
def statement(request: Request, decision_id: int) -> HttpResponse:
    page = statement_page(_found(request, decision_id), request.actor)
    return render(request, "moderation/statement.html", {**page, "form": AppealForm()})


@require_POST
def appeal(request: Request, decision_id: int) -> HttpResponse:
    decision = _found(request, decision_id)
    form = AppealForm(request.POST)
    try:
        acts.appeal(decision, request.POST.get("words", ""), by=request.actor)
        return see_other(decision.address)
    except NotAllowed:
        raise
    except Refusal as refusal:
        if form.is_valid():
            form.add_error("words", refusal.reason)
    page = statement_page(decision, request.actor)
    return render(request, "moderation/statement.html", {**page, "form": form}, status=422)
