"""Setting and ending the slow mode of a topic."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base import clock
from stoa.base.errors import Invalid
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.forms import SlowModeForm
from stoa.community.talk.models import Topic
from stoa.community.talk.views.topics import found, show_in


@require_http_methods(["GET", "POST", "DELETE"])
def slow_mode(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if request.method == "DELETE":
        return see_other(actions.end_slow_mode(topic, by=request.actor).get_absolute_url())
    if not policy.may_slow(request.actor, topic):
        raise Http404
    form = SlowModeForm(request.POST or None, initial={"minutes": topic.slow_minutes or 15})
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(slowed(topic, form, request).get_absolute_url())
        except Invalid as refusal:
            show_in(form, refusal)
    return render(request, "talk/slow_mode.html", {"form": form, "topic": topic}, status=422 if form.errors else 200)


def slowed(topic: Topic, form: SlowModeForm, request: Request) -> Topic:
    hours = form.cleaned_data["lasts"]
    until = clock.now() + timedelta(hours=hours) if hours else None
    return actions.slow_topic(topic, minutes=form.cleaned_data["minutes"], until=until, by=request.actor)
