"""Replies: adding one to a topic, editing and withdrawing one."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import ids, once, previews
from stoa.base.errors import Invalid, NotPossible
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, nearby, policy
from stoa.community.talk.calls import called_before
from stoa.community.talk.forms import ReplyForm
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.reading import TopicPage
from stoa.community.talk.views.topics import absorbed
from stoa.community.talk.views.topics import found as found_topic
from stoa.spaces.calling import callable_by


def found(request: Request, reply_id: int) -> Reply:
    return find(Reply.objects.visible_to(request.actor).select_related("topic", "topic__space", "author"), id=reply_id)


def reached(request: Request, topic_id: int) -> Topic:
    """The topic of this number; where it has become part of another one while somebody wrote, that one."""
    try:
        return found_topic(request, topic_id)
    except Http404:
        return absorbed(request, topic_id)


def answered(topic: Topic, shown_id: str) -> Reply | None:
    """The reply of this topic that is being answered, if one is."""
    number = ids.read(shown_id)
    return topic.replies.filter(id=number).first() if number else None


@require_http_methods(["POST"])
@once.per_form
def replies(request: Request, topic_id: int) -> HttpResponse:
    topic = reached(request, topic_id)
    form = previews.form_of(ReplyForm, request)
    if previews.is_asked(request) and policy.may_reply(request.actor, topic):
        preview = previews.asked(request, groups=callable_by(request.actor, topic.space))
        values = {"page": TopicPage.of(topic, request.actor), "form": form, "preview": preview}
        return render(request, "talk/topic.html", values, fragment="preview")
    if form.is_valid():
        given = {"source": form.cleaned_data["source"], "answers": answered(topic, form.cleaned_data["answers"])}
        try:
            reply = actions.add_reply(topic, by=request.actor, **given)
            nearby.has_written(topic, by=request.actor)
            return see_other(reply.get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            form.add_error(None, refusal.reason)
    page = TopicPage.of(topic, request.actor)
    return render(request, "talk/topic.html", {"page": page, "form": form}, fragment="replies", status=422)


@require_GET
def reply(request: Request, reply_id: int) -> HttpResponse:
    return see_other(TopicPage.address_of(found(request, reply_id), request.actor))


@require_http_methods(["GET", "POST"])
def edit(request: Request, reply_id: int) -> HttpResponse:
    reply = found(request, reply_id)
    if not policy.may_edit_reply(request.actor, reply):
        raise Http404
    form = previews.form_of(ReplyForm, request, {"source": reply.source_for_editing()})
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("source", "why")}
        try:
            return see_other(actions.edit_reply(reply, by=request.actor, **given).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            form.add_error(None, refusal.reason)
    groups = called_before(reply, reply.topic.space, request.actor)
    preview = previews.asked(request, thing=("talk.reply", reply.id), groups=groups)
    values = {"form": form, "reply": reply, "preview": preview}
    return render(request, "talk/write_reply.html", values, fragment="preview", status=422 if form.errors else 200)


@require_http_methods(["DELETE"])
def presence(request: Request, reply_id: int) -> HttpResponse:
    return see_other(actions.withdraw_reply(found(request, reply_id), by=request.actor).topic.get_absolute_url())
