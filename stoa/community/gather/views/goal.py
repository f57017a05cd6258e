"""The goal's page, and counting towards it."""

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import once
from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.gather import actions
from stoa.community.gather.forms import CountForm
from stoa.community.gather.goal_page import GoalPage
from stoa.community.gather.models import Contribution
from stoa.community.gather.views.events import show_in


@require_GET
def goal(request: Request) -> HttpResponse:
    page = GoalPage.of(request.actor, request.GET.get("before", ""))
    return render(request, "gather/goal.html", {"page": page, "form": CountForm()})


@require_http_methods(["POST"])
@once.per_form
def contributions(request: Request) -> HttpResponse:
    form = CountForm(request.POST)
    if form.is_valid():
        try:
            actions.count_contribution(**form.cleaned_data, by=request.actor)
            messages.success(request, _("Counted."))
            return see_other(reverse("gather:goal"))
        except Invalid as refusal:
            show_in(form, refusal)
    values = {"page": GoalPage.of(request.actor), "form": form}
    return render(request, "gather/goal.html", values, status=422)


@require_http_methods(["DELETE"])
def contribution(request: Request, contribution_id: int) -> HttpResponse:
    counted = find(Contribution.objects.visible_to(request.actor), id=contribution_id)
    actions.withdraw_contribution(counted, by=request.actor)
    return see_other(reverse("gather:goal"))
