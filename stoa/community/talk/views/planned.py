"""Planned topics: the list of one's own, changing one, dropping it, opening it now."""

from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import cursors, previews
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.base.shell import kept_site
from stoa.community.talk import actions
from stoa.community.talk.forms import TopicForm
from stoa.community.talk.kinds import kinds_for
from stoa.community.talk.models import PlannedTopic
from stoa.community.talk.tagging import suggested
from stoa.community.talk.views.topics import show_in
from stoa.spaces.models import Space
from stoa.spaces.visibility import may_read

PAGE = 30


def found(request: Request, planned_id: int) -> PlannedTopic:
    return find(PlannedTopic.objects.visible_to(request.actor).select_related("space"), id=planned_id)


@require_GET
def planned_topics(request: Request) -> HttpResponse:
    if not request.actor.is_member:
        raise NotAllowed(_("Members plan topics."), _("Join, or sign in."))
    rows = PlannedTopic.objects.visible_to(request.actor)
    page = cursors.page(rows, "at", request.GET.get("after", ""), size=PAGE, ascending=True)
    known = Space.objects.readable_by(request.actor).in_bulk([row.space_id for row in page.rows])
    return render(request, "talk/planned_topics.html", {"page": page, "known": known, "zone": kept_site().zone})


@require_http_methods(["GET", "POST", "DELETE"])
def planned_topic(request: Request, planned_id: int) -> HttpResponse:
    planned = found(request, planned_id)
    if request.method == "DELETE":
        actions.drop_planned_topic(planned, by=request.actor)
        return see_other(reverse("talk:planned_topics"))
    form = previews.form_of(TopicForm, request, begun(planned))
    form.fields["opens"].required = True
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_planned_topic(planned, form.plan(), by=request.actor)
            return see_other(reverse("talk:planned_topics"))
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    readable = may_read(request.actor, planned.space)
    values = {
        "form": form, "planned": planned, "space": planned.space if readable else None, "zone": kept_site().zone,
        "kinds": kinds_for(request.actor, planned.space), "suggested": suggested(request.actor, planned.space) if readable else [],
        "preview": previews.asked(request, thing=("talk.planned_topic", planned.id)),
    }  # fmt: skip
    return render(request, "talk/planned_topic.html", values, fragment="preview", status=422 if form.errors else 200)


@require_http_methods(["POST"])
def opening(request: Request, planned_id: int) -> HttpResponse:
    topic = actions.open_planned_topic(found(request, planned_id), by=request.actor)
    return see_other(topic.get_absolute_url())


def begun(planned: PlannedTopic) -> dict[str, Any]:
    """What its form holds. Its time is that of the organisation's clocks, also when their zone was another one when it was planned."""
    there = planned.at.astimezone(ZoneInfo(kept_site().zone))
    words = {"title": planned.title, "kind": planned.kind, "source": planned.source_for_editing()}
    return {**planned.beginning, **words, "opens": f"{there:%Y-%m-%dT%H:%M}"}
