"""Correcting what is out: the words that stand there, asked of the network, or said to be corrected by hand."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import once
from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import render
from stoa.base.requests import Request
from stoa.social.publish import policy
from stoa.social.publish.actions import correct_delivery, corrected_by_hand
from stoa.social.publish.actions.correcting import can_be_edited, why_by_hand, why_not_corrected, words_of
from stoa.social.publish.composing import composer
from stoa.social.publish.forms import ComposeForm
from stoa.social.publish.models import Delivery
from stoa.social.publish.picturing import shown_in
from stoa.social.publish.views.compose import material_of
from stoa.social.publish.views.deliveries import found, page_of


@require_http_methods(["GET", "POST"])
@once.per_form
def correction(request: Request, delivery_id: int) -> HttpResponse:
    row = found(request, delivery_id)
    if not policy.may_decide(request.actor, row):
        raise NotAllowed(_("You may not correct this."))
    typed = request.POST if request.method == "POST" else None
    form = ComposeForm([row.channel], typed, initial=first_of(row))
    if request.method == "POST":
        act = correct_delivery if can_be_edited(row) else corrected_by_hand
        try:
            act(row, request.POST.get("text", "")[:10_000], by=request.actor)
            return page_of(row)
        except Refusal as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())
    return drawn(request, form, row)


def first_of(row: Delivery) -> dict[str, Any]:
    post = row.post if row.marker else None
    return {
        "text": words_of(row), "channels": [row.channel.shown_id], "target": post.target if post else "",
        "card_title": post.card_title if post else "",
        "pictures": shown_in(row.content),
    }  # fmt: skip


def drawn(request: Request, form: ComposeForm, row: Delivery) -> HttpResponse:
    given = material_of(request, row.post) if row.post else None
    values = {
        "page": composer(form, given, request.actor), "delivery": row, "can_edit": can_be_edited(row),
        "by_hand": why_by_hand(row), "refusal": why_not_corrected(row),
    }  # fmt: skip
    return render(request, "publish/correct.html", values, status=422 if form.errors else 200)
