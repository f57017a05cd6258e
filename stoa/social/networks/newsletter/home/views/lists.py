"""The desk: bringing a list along, and sending a trial to oneself."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from stoa.base import limits, once
from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.networks.newsletter.home.actions.bringing import Reading, bring_asking, bring_attested, read_list
from stoa.social.networks.newsletter.home.actions.trying import Trial, send_trial
from stoa.social.networks.newsletter.home.forms import BringingForm, TrialForm
from stoa.social.networks.newsletter.home.models import Newsletter
from stoa.social.networks.newsletter.home.views.desk import manage_address, managing


@managing("GET", "POST")
@once.per_form
def bringing(request: Request, newsletter_id: int) -> HttpResponse:
    """Read first, and nothing is done; with what was read on the page, *bring them* does it."""
    newsletter = find(Newsletter.objects.all(), id=newsletter_id)
    form = BringingForm(request.POST or None, request.FILES or None)
    read: Reading | None = None
    if form.is_valid():
        try:
            if request.POST.get("go"):
                return see_other(manage_address(newsletter, brought(request, newsletter, form)))
            read = read_list(newsletter, form.cleaned_data["list"], by=request.actor)
        except Invalid as refused:
            form.add_error(refused.field or None, refused.reason)
    values = {"newsletter": newsletter, "form": form, "read": read, "given": form.cleaned_data if read else {}}
    return render(request, "newsletter/bringing.html", values, status=422 if form.errors else 200)


def brought(request: Request, newsletter: Newsletter, form: BringingForm) -> str:
    """Does it, says so, and gives where to look."""
    given = form.cleaned_data
    if given["how"] == "attest":
        number = bring_attested(newsletter, given["list"], given["statement"], by=request.actor)
        said = ngettext("%(n)s address is on the list now.", "%(n)s addresses are on the list now.", number)
        messages.success(request, said % {"n": number})
        return "subscribers"
    number = bring_asking(newsletter, given["list"], by=request.actor)
    said = ngettext("%(n)s person is asked by mail.", "%(n)s people are asked by mail.", number)
    messages.success(request, said % {"n": number})
    return "managing"


@managing("GET", "POST")
def trial(request: Request, newsletter_id: int) -> HttpResponse:
    """What a text looks like as a mail, and that mail to oneself."""
    newsletter = find(Newsletter.objects.all(), id=newsletter_id)
    form = TrialForm(request.POST or None)
    shown = Trial.of(newsletter, **form.cleaned_data, by=request.actor) if form.is_valid() else None
    if shown and request.POST.get("send"):
        limits.take(f"newsletter trial {request.actor.own_id}", per=timedelta(minutes=10), allowed=10)
        send_trial(shown, by=request.actor)
        messages.success(request, _("It is on its way to %(address)s.") % {"address": request.actor.address})
    values = {"newsletter": newsletter, "form": form, "trial": shown}
    return render(request, "newsletter/trial.html", values, status=422 if form.errors else 200)
