"""Reporting something, one's own reports and what came of them, asking the site's moderators to look."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.moderation.actions.report import escalate, report
from stoa.moderation.forms import ReportForm
from stoa.moderation.models import Clause, Report
from stoa.moderation.policy import may_report
from stoa.moderation.reading import reports_page
from stoa.moderation.subjects import subject_of


@require_http_methods(["GET", "POST"])
def new(request: Request, subject_key: str, subject_id: int) -> HttpResponse:
    """The form: which guideline, what is the matter, what happens next."""
    subject = subject_of(subject_key)
    if subject is None or not request.actor.is_member:
        raise Http404
    row = find(subject.visible(request.actor, [subject_id]), id=subject_id)
    clauses = list(Clause.objects.visible_to(request.actor).in_force())
    form = ReportForm(request.POST if request.method == "POST" else None, clauses=clauses)
    if request.method == "POST" and not may_report(request.actor):
        raise NotAllowed(_("You cannot report now."))
    if request.method == "POST" and form.is_valid():
        try:
            report(subject, row.id, clause=form.cited, words=form.cleaned_data["words"], by=request.actor)
            return see_other(reverse("moderation:reports"))
        except Refusal as refusal:
            form.add_error(getattr(refusal, "field", "") or None, f"{refusal.reason} {refusal.mend}")
    values = {
        "form": form,
        "copy": subject.snapshot(row),
        "clauses": clauses,
        "may_report": may_report(request.actor),
    }
    return render(request, "moderation/report.html", values, status=422 if form.errors else 200)


@require_GET
def reports(request: Request) -> HttpResponse:
    if not request.actor.is_member:
        raise NotAllowed(_("This page is for members."))
    return render(request, "moderation/reports.html", reports_page(request.actor, request.GET.get("before", "")))


@require_POST
def escalation(request: Request, report_id: int) -> HttpResponse:
    """Asks the site's moderators to look at something from a closed space."""
    mine = Report.objects.visible_to(request.actor).select_related("case__space")
    escalate(find(mine, id=report_id), by=request.actor)
    return see_other(reverse("moderation:reports"))
