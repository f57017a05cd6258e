"""What the page of a topic that is being written shows besides its form: a preview, topics about the same, what the space asks."""

from typing import Any

from stoa.base import previews, things
from stoa.base.requests import Request
from stoa.base.shell import kept_site
from stoa.community.talk import policy
from stoa.community.talk.calls import called_before
from stoa.community.talk.forms import TopicForm
from stoa.community.talk.kinds import kinds_for
from stoa.community.talk.models import Topic
from stoa.community.talk.similar import similar_topics
from stoa.community.talk.tagging import suggested
from stoa.spaces.calling import callable_by
from stoa.spaces.models import Space
from stoa.spaces.standards import Standards


def around_new(request: Request, form: TopicForm, space: Space) -> dict[str, Any]:
    """For a topic that is not there yet. Topics about the same come with a preview: without a script, that is when they are shown."""
    title = request.POST.get("title", "") if previews.is_asked(request) else ""
    return {
        **_around(request, form, space),
        "topic": None,
        "kinds": kinds_for(request.actor, space),
        "suggested": suggested(request.actor, space),
        "may_plan": policy.may_plan_topic(request.actor, space),
        "zone": kept_site().zone,
        "preview": previews.asked(request, groups=callable_by(request.actor, space)),
        "similar": similar_topics(title, request.actor),
    }


def around_edit(request: Request, form: TopicForm, topic: Topic) -> dict[str, Any]:
    """For one that is being changed."""
    groups = called_before(topic, topic.space, request.actor)
    preview = previews.asked(request, thing=("talk.topic", topic.id), groups=groups)
    return {
        **_around(request, form, topic.space), "topic": topic, "kinds": [], "suggested": [], "may_plan": False, "preview": preview,
        "similar": [],
    }  # fmt: skip


def _around(request: Request, form: TopicForm, space: Space) -> dict[str, Any]:
    """The example is drawn for its reader: who may not see that thing sees none. One query where there is one."""
    asked = Standards.of(space)
    cards = list(things.cards([asked.example], to=request.actor).values()) if asked.example else []
    return {"form": form, "space": space, "standards": asked, "example": cards[0] if cards else None}
