"""The desk's pages: events to look after, and the goal."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.gather import actions, policy
from stoa.community.gather.forms import CountForm, GoalForm
from stoa.community.gather.goal_page import GoalPage
from stoa.community.gather.listing import events_page, spaces_to_plan_in


@require_GET
def events(request: Request) -> HttpResponse:
    """Coming or past events that one sees, with how many come."""
    if not policy.may_see_desk_events(request.actor):
        raise NotAllowed(_("This page is for those who plan events."))
    kind = "past" if request.GET.get("list") == "past" else "coming"
    page = events_page(request.actor, kind, request.GET.get("after", ""))
    return render(request, "gather/desk_events.html", {"page": page, "spaces": spaces_to_plan_in(request.actor)})


@require_http_methods(["GET", "POST"])
def goal(request: Request) -> HttpResponse:
    """The goal as it is set, and counting for everybody."""
    if not policy.may_set_goal(request.actor):
        raise NotAllowed(_("You may not set the goal."))
    page = GoalPage.of(request.actor, request.GET.get("before", ""))
    now = page.progress
    before = {"sentence": now.sentence, "number": now.number, "unit": now.unit} if now else {}
    form = GoalForm(request.POST or None, initial=before)
    if request.method == "POST" and form.is_valid():
        actions.set_goal(**form.cleaned_data, by=request.actor)
        messages.success(request, _("The goal is set."))
        return see_other(request.path)
    values = {"page": page, "form": form, "count_form": CountForm()}
    return render(request, "gather/desk_goal.html", values, status=422 if form.errors else 200)
