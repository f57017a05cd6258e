"""Campaigns at the desk: the list with a new one, and each with its links, what came through them, and who joined."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import once
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.bridge import policy
from stoa.bridge.actions import add_link, make_campaign
from stoa.bridge.days import end_of, start_of
from stoa.bridge.forms import CampaignForm, LinkForm
from stoa.bridge.models import Campaign
from stoa.bridge.tallies import campaigns_page, placements_of
from stoa.social.publish.policy import may_compose


def check_staff(request: Request) -> None:
    if not policy.may_campaign(request.actor):
        raise NotAllowed(_("This page is for those who make campaigns."))


@require_http_methods(["GET", "POST"])
@once.per_form
def campaigns(request: Request) -> HttpResponse:
    check_staff(request)
    form = CampaignForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        starts_at, ends_at = start_of(given.pop("starts")), end_of(given.pop("ends"))
        try:
            return see_other(make_campaign(**given, starts_at=starts_at, ends_at=ends_at, by=request.actor).address)
        except Invalid as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    page = campaigns_page(Campaign.objects.visible_to(request.actor), request.GET.get("before", ""))
    return render(request, "bridge/campaigns.html", {"page": page, "form": form}, status=422 if form.errors else 200)


@require_GET
def campaign(request: Request, campaign_id: int) -> HttpResponse:
    check_staff(request)
    found = find(Campaign.objects.visible_to(request.actor), id=campaign_id)
    values = {
        "campaign": found,
        "placements": placements_of(found),
        "form": LinkForm(),
        "may_compose": may_compose(request.actor),
    }
    return render(request, "bridge/campaign.html", values)


@require_POST
@once.per_form
def links(request: Request, campaign_id: int) -> HttpResponse:
    check_staff(request)
    found, form = find(Campaign.objects.visible_to(request.actor), id=campaign_id), LinkForm(request.POST)
    try:
        if form.is_valid():
            add_link(found, **form.cleaned_data, by=request.actor)
            return see_other(found.address)
    except Invalid as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.reason)
    values = {
        "campaign": found,
        "placements": placements_of(found),
        "form": form,
        "may_compose": may_compose(request.actor),
    }
    return render(request, "bridge/campaign.html", values, status=422)
