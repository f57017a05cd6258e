"""What each kind of topic adds to its page: votes, ballots, what became of an idea; and pins."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base import clock, ids, previews
from stoa.base.errors import Invalid, NotPossible
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.forms import OutcomeForm, PinForm
from stoa.community.talk.models import Topic
from stoa.community.talk.views.topics import found, show_in

PIECE = "#piece"


@require_http_methods(["POST", "DELETE"])
def vote(request: Request, topic_id: int) -> HttpResponse:
    act = actions.take_vote_back if request.method == "DELETE" else actions.vote_for
    return see_other(act(found(request, topic_id), by=request.actor).get_absolute_url() + PIECE)


@require_http_methods(["POST"])
def ballot(request: Request, topic_id: int) -> HttpResponse:
    chosen = [ids.read(each) or 0 for each in request.POST.getlist("option")]
    return see_other(actions.vote_in(found(request, topic_id), chosen, by=request.actor).get_absolute_url() + PIECE)


@require_http_methods(["GET", "POST"])
def outcome(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if not policy.may_answer_idea(request.actor, topic):
        raise Http404
    form = previews.form_of(OutcomeForm, request, {"status": topic.status})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_idea(topic, by=request.actor, **form.cleaned_data)
            return see_other(topic.get_absolute_url() + PIECE)
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    values = {"form": form, "topic": topic, "preview": previews.asked(request, check=actions.check_outcome)}
    return render(request, "talk/write_outcome.html", values, fragment="preview", status=422 if form.errors else 200)


@require_http_methods(["GET", "POST", "DELETE"])
def pin(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if request.method == "DELETE":
        return see_other(actions.unpin_topic(topic, by=request.actor).get_absolute_url())
    if not policy.may_pin(request.actor, topic):
        raise Http404
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return see_other(pinned(topic, form.cleaned_data["days"], request).get_absolute_url())
    return render(request, "talk/pin_topic.html", {"form": form, "topic": topic}, status=422 if form.errors else 200)


def pinned(topic: Topic, days: int, request: Request) -> Topic:
    return actions.pin_topic(topic, until=clock.now() + timedelta(days=days), by=request.actor)
