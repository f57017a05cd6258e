"""What stood in a topic or a reply before it was changed."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, options, policy
from stoa.community.talk.history import history_of
from stoa.community.talk.models import Reply, Topic, Version
from stoa.community.talk.views.replies import found as found_reply
from stoa.community.talk.views.topics import found as found_topic


@require_GET
def of_topic(request: Request, topic_id: int) -> HttpResponse:
    topic = found_topic(request, topic_id)
    return shown(request, topic, topic)


@require_GET
def of_reply(request: Request, reply_id: int) -> HttpResponse:
    reply = found_reply(request, reply_id)
    return shown(request, reply, reply.topic)


@require_http_methods(["DELETE"])
def version(request: Request, version_id: int) -> HttpResponse:
    rows = Version.objects.visible_to(request.actor).select_related("topic__space", "reply__topic")
    removed = actions.remove_version(find(rows, id=version_id), by=request.actor)
    if removed.reply_id:
        return see_other(reverse("talk:reply_history", kwargs={"reply_id": removed.reply_id}))
    return see_other(reverse("talk:topic_history", kwargs={"topic_id": removed.topic_id}))


def shown(request: Request, written: Topic | Reply, topic: Topic) -> HttpResponse:
    if not policy.may_see_history(request.actor, written, shown_to=options.HISTORY_FOR.get()):
        raise NotAllowed(
            _("What stood here before is not shown to you."),
            _("Here its author and the moderators read former versions."),
        )
    values = {
        "written": written,
        "topic": topic,
        "history": history_of(written, request.GET.get("before", "")),
        "may_remove": policy.may_remove_version(request.actor, topic),
    }
    return render(request, "talk/history.html", values)
