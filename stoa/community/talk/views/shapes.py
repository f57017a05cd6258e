"""Splitting a topic, and merging it into another."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import ids, once
from stoa.base.errors import Invalid, NotPossible
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.forms import SplitForm
from stoa.community.talk.models import Topic
from stoa.community.talk.split_page import PickPage, number_in, picked_in, spaces_for_split, targets
from stoa.community.talk.views.topics import found, show_in


def movable(request: Request, topic_id: int) -> Topic:
    topic = found(request, topic_id)
    if not policy.may_move_from(request.actor, topic):
        raise Http404
    return topic


@require_http_methods(["GET", "POST"])
@once.per_form
def split(request: Request, topic_id: int) -> HttpResponse:
    """Picking goes on from page to page by sending the form: nothing changes before its last button is pressed."""
    topic, given = movable(request, topic_id), request.POST
    picked = picked_in(given.getlist("shown"), given.get("elsewhere", ""), given.getlist("picked"))
    going_on = "go" in given
    form = SplitForm(given if given and not going_on else None, initial=begun(request, going_on))
    spaces = spaces_for_split(topic, request.actor)
    if form.is_bound and form.is_valid():
        words = {name: form.cleaned_data[name] for name in ("title", "source", "and_after")}
        to = next((each for each in spaces if each.shown_id == form.cleaned_data["space"]), None)
        try:
            return see_other(actions.split_topic(topic, picked, to=to, by=request.actor, **words).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    after = given.get("go" if going_on else "start", request.GET.get("after", ""))
    values = {"form": form, "page": PickPage.of(topic, request.actor, after, picked), "topic": topic, "spaces": spaces}
    return render(request, "talk/split_topic.html", values, status=422 if form.errors else 200)


def begun(request: Request, going_on: bool) -> dict[str, Any]:
    """What the fields hold: what was typed before the next page was asked for, or a sentence to begin with."""
    if going_on:
        return {name: request.POST.get(name, "") for name in ("title", "source", "space", "and_after")}
    return {"source": _("These replies began in another topic. They stand here so that both can go their own way.")}


@require_http_methods(["GET", "POST"])
def merger(request: Request, topic_id: int) -> HttpResponse:
    topic, asked, refused = movable(request, topic_id), request.GET.get("q", ""), ""
    if request.method == "POST":
        number = number_in(request.POST.get("into", "")) or 0
        into = Topic.objects.visible_to(request.actor).select_related("space").filter(id=number).first()
        try:
            merged = actions.merge_topic(topic, into=into, by=request.actor)
            return see_other(f"{merged.get_absolute_url()}#reply-{ids.shown(topic.id)}")
        except (Invalid, NotPossible) as refusal:
            refused = f"{refusal.reason} {refusal.mend}"
    values = {"topic": topic, "targets": targets(topic, request.actor, asked), "asked": asked, "refused": refused}
    return render(request, "talk/merge_topic.html", values, status=422 if refused else 200)
