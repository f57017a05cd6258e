"""Posting by hand: everything ready to copy or share on a phone, and the address of what was posted."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.social.publish import actions, policy
from stoa.social.publish.hand_page import HandPage
from stoa.social.publish.views.deliveries import found, page_of


@require_http_methods(["GET", "POST"])
def hand(request: Request, delivery_id: int) -> HttpResponse:
    row, error = found(request, delivery_id), ""
    if not policy.may_decide(request.actor, row):
        raise NotAllowed(_("You may not decide about this."))
    address = request.POST.get("address", "").strip()
    if request.method == "POST":
        try:
            is_all = request.POST.get("posted") == "all"
            confirm = actions.confirm_all_posted if is_all else actions.confirm_published
            return page_of(confirm(row, address, by=request.actor))
        except Invalid as wrong:
            error = f"{wrong.reason} {wrong.mend}".strip()
    values = {"page": HandPage.of(row), "address": address, "error": error}
    return render(request, "publish/hand.html", values, status=422 if error else 200)


@require_POST
def reminder(request: Request, delivery_id: int) -> HttpResponse:
    row = found(request, delivery_id)
    actions.remind_later(row, by=request.actor)
    return page_of(row)
