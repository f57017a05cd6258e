"""One conversation: the exchange, an answer, and what people do with it."""

from django.http import HttpResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.models import Person
from stoa.social.listen.actions import (
    answer_conversation,
    assign_conversation,
    close_conversation,
    reopen_conversation,
    snooze_conversation,
    sort_conversation,
)
from stoa.social.listen.forms import ClosureForm, MatterForm, SnoozeForm
from stoa.social.listen.inbox import conversation_page
from stoa.social.listen.models import Conversation
from stoa.social.listen.words import matter_word, state_word
from stoa.social.networks.counting import counts_of


def the_one(request: Request, conversation_id: int) -> Conversation:
    return find(Conversation.objects.visible_to(request.actor).with_faces(), id=conversation_id)


@require_GET
def conversation(request: Request, conversation_id: int) -> HttpResponse:
    """The whole exchange."""
    return draw(request, the_one(request, conversation_id))


@require_POST
def answers(request: Request, conversation_id: int) -> HttpResponse:
    """Writes an answer; what the network would object to stands beside the box, with what was typed."""
    found, text = the_one(request, conversation_id), request.POST.get("text", "")[:20_000]
    try:
        answer_conversation(found, text, by=request.actor)
    except Invalid as wrong:
        return draw(request, found, written=text, error=f"{wrong.reason} {wrong.mend}", status=422)
    return see_other(found.address)


@require_POST
def counts(request: Request, conversation_id: int) -> HttpResponse:
    """What is typed, counted as the network counts."""
    found, text = the_one(request, conversation_id), request.POST.get("text", "")[:20_000]
    return render(request, "listen/counts.html", {"counts": counts_of(text, found.channel.rules.text)})


@require_http_methods(["POST", "DELETE"])
def closure(request: Request, conversation_id: int) -> HttpResponse:
    """Closes it with a reason, or takes that back."""
    found, form = the_one(request, conversation_id), ClosureForm(request.POST)
    if request.method == "DELETE":
        reopen_conversation(found, by=request.actor)
    elif form.is_valid():
        close_conversation(found, reason=form.cleaned_data["reason"], by=request.actor)
    return see_other(found.address)


@require_http_methods(["POST", "DELETE"])
def assignment(request: Request, conversation_id: int) -> HttpResponse:
    """It falls to me, or to everybody."""
    found = the_one(request, conversation_id)
    me = Person.objects.visible_to(request.actor).filter(id=request.actor.own_id).first()
    assign_conversation(found, None if request.method == "DELETE" else me, by=request.actor)
    return see_other(found.address)


@require_http_methods(["POST", "DELETE"])
def snooze(request: Request, conversation_id: int) -> HttpResponse:
    """Puts it aside for a while, or takes it back."""
    found, form = the_one(request, conversation_id), SnoozeForm(request.POST)
    if request.method == "DELETE":
        snooze_conversation(found, None, by=request.actor)
    elif form.is_valid():
        snooze_conversation(found, form.until(), by=request.actor)
    return see_other(found.address)


@require_POST
def matter(request: Request, conversation_id: int) -> HttpResponse:
    """Says what it is about."""
    found = the_one(request, conversation_id)
    sort_conversation(found, request.POST.get("matter", ""), by=request.actor)
    return see_other(found.address)


def draw(
    request: Request, found: Conversation, *, written: str = "", error: str = "", status: int = 200
) -> HttpResponse:
    values = {
        "page": conversation_page(request.actor, found, written=written, error=error),
        "closure_form": ClosureForm(),
        "snooze_form": SnoozeForm(),
        "matter_form": MatterForm(initial={"matter": found.matter}),
        "state": state_word(found),
        "matter_word": matter_word,
    }
    return render(request, "listen/conversation.html", values, fragment="exchange", status=status)
