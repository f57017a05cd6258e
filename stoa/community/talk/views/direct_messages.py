"""Direct messages: sending one, how far they are read, withdrawing one."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base import ids, once
from stoa.base.errors import Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions
from stoa.community.talk.direct_forms import MessageForm
from stoa.community.talk.direct_reading import ExchangePage
from stoa.community.talk.models import DirectMessage
from stoa.community.talk.views.exchanges import found
from stoa.community.talk.views.topics import show_in


@require_POST
@once.per_form
def messages(request: Request, exchange_id: int) -> HttpResponse:
    row, form = found(request, exchange_id), MessageForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            sent = actions.send_message(row, source=form.cleaned_data["source"], by=request.actor)
            return see_other(sent.get_absolute_url())
        except Refusal as refusal:
            show_in(form, refusal)
            status = refusal.status
    values = {"page": ExchangePage.of(row, request.actor), "form": form}
    return render(request, "talk/exchange.html", values, status=status)


@require_POST
def progress(request: Request, exchange_id: int) -> HttpResponse:
    """By beacon as messages come into view; by a form from a page without scripts."""
    row = found(request, exchange_id)
    actions.read_exchange(row, ids.read(request.POST.get("to", "")) or 0, by=request.actor)
    return HttpResponse(status=204) if request.POST.get("beacon") else see_other(row.get_absolute_url())


@require_http_methods(["DELETE"])
def presence(request: Request, message_id: int) -> HttpResponse:
    """The author takes one back."""
    mine = DirectMessage.objects.visible_to(request.actor).select_related("exchange")
    message = actions.withdraw_message(find(mine, id=message_id), by=request.actor)
    return see_other(message.exchange.get_absolute_url())
