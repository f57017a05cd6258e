"""A newcomer's first topic offers two people who share an interest and are glad to welcome: the newcomer asks them, or does not."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods

from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import policy
from stoa.community.talk.actions.introducing import ask_to_meet
from stoa.community.talk.introducing import offered_to
from stoa.community.talk.models import Introduction
from stoa.community.talk.views.topics import found


@require_http_methods(["GET", "POST"])
def meeting(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if not policy.may_ask_to_meet(request.actor, topic):
        raise Http404
    done = Introduction.objects.visible_to(request.actor).filter(newcomer=topic.author).select_related("welcomer")
    matches = [] if done else offered_to(topic.author, request.actor)
    if request.method == "POST":
        chosen = request.POST.getlist("welcomer")
        ask_to_meet(topic, [match for match in matches if match.person.shown_id in chosen], by=request.actor)
        return see_other(request.path)
    return render(request, "talk/meeting.html", {"topic": topic, "matches": matches, "done": list(done)})
