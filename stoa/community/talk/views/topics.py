"""One topic: its page, writing it, closing, withdrawing, moving, following it."""

from django.forms import BaseForm
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import ids, once, previews
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.pages import find, one, render, see_other
from stoa.base.requests import Request
from stoa.base.standing_queries import standing
from stoa.community.talk import actions, policy
from stoa.community.talk.forms import ReplyForm, TopicForm
from stoa.community.talk.models import Topic
from stoa.community.talk.models.topic import Topics
from stoa.community.talk.reading import TopicPage
from stoa.community.talk.unread import with_news
from stoa.community.talk.writing import around_edit, around_new
from stoa.people.bookmarking import marked
from stoa.spaces.actions.keeping_out import refuse_restricted
from stoa.spaces.models import Space


def found(request: Request, topic_id: int) -> Topic:
    topic: Topic = one(standing(seen_topic, request.actor, topic_id=topic_id))
    return topic


def seen_topic(actor: Actor, topic_id: int) -> Topics:
    return Topic.objects.visible_to(actor).select_related("space", "author").filter(id=topic_id).order_by("id")[:1]


@require_GET
def topic(request: Request, topic_id: int, slug: str = "") -> HttpResponse:
    rows = list(standing(read_topic, request.actor, topic_id=topic_id))
    if not rows:
        return see_other(f"{absorbed(request, topic_id).get_absolute_url()}#reply-{ids.shown(topic_id)}")
    topic = rows[0]
    if slug != topic.slug:
        return see_other(topic.get_absolute_url())
    page = TopicPage.of(topic, request.actor, request.GET.get("after", ""), request.GET.get("since", ""))
    return render(request, "talk/topic.html", {"page": page, "form": ReplyForm()}, fragment="replies")


def absorbed(request: Request, topic_id: int) -> Topic:
    """The topic of which another one has become part, for whoever may see it."""
    return find(Topic.objects.visible_to(request.actor).select_related("space", "author"), absorbed=topic_id)


def read_topic(actor: Actor, topic_id: int) -> Topics:
    """The topic with what its reader's own page says of it."""
    rows = Topic.objects.visible_to(actor).select_related("space", "author").filter(id=topic_id).order_by("id")
    if not actor.is_member:
        return rows[:1]
    return with_news(rows.annotate(is_marked=marked(actor, "talk.topic")), actor)[:1]


def show_in(form: BaseForm, refusal: Refusal) -> None:
    """Says what is wrong beside the field that is to blame, or above the form."""
    field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
    form.add_error(field, refusal.reason)


@require_GET
def begin(request: Request) -> HttpResponse:
    """Where a new topic belongs: one's own spaces first, then the others in which one may open it."""
    actor = request.actor
    if not actor.is_member:
        raise NotAllowed(_("Members open topics."), _("Join, or sign in."))
    spaces = Space.objects.readable_by(actor).living().order_by("name", "id")
    takes = [each for each in spaces if policy.may_open_topic(actor, each)]
    own = [each for each in takes if each.scope in actor.rights]
    return render(request, "talk/begin.html", {"own": own, "others": [each for each in takes if each not in own]})


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request, space_id: int) -> HttpResponse:
    space = find(Space.objects.readable_by(request.actor), id=space_id)
    refuse_restricted(space, by=request.actor)
    if not policy.may_open_topic(request.actor, space):
        raise Http404
    form = previews.form_of(TopicForm, request, {"kind": request.GET.get("kind", Topic.Kind.DISCUSSION)})
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(opened_or_planned(form, space, request.actor))
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    values = around_new(request, form, space)
    return render(request, "talk/write_topic.html", values, fragment="preview", status=422 if form.errors else 200)


def opened_or_planned(form: TopicForm, space: Space, by: Actor) -> str:
    """Where it leads: to the topic, or, with a time to come, to those that wait."""
    if form.cleaned_data["opens"] is None:
        return actions.open_topic(space, by=by, **form.beginning()).get_absolute_url()
    actions.plan_topic(space, form.plan(), by=by)
    return reverse("talk:planned_topics")


@require_http_methods(["GET", "POST"])
def edit(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if not policy.may_edit_topic(request.actor, topic):
        raise Http404
    before = {"title": topic.title, "kind": topic.kind, "source": topic.source_for_editing()}
    form = previews.form_of(TopicForm, request, before)
    if request.method == "POST" and form.is_valid():
        given = {key: form.cleaned_data[key] for key in ("title", "source", "why")}
        try:
            return see_other(actions.edit_topic(topic, by=request.actor, **given).get_absolute_url())
        except (Invalid, NotPossible) as refusal:
            show_in(form, refusal)
    values = around_edit(request, form, topic)
    return render(request, "talk/write_topic.html", values, fragment="preview", status=422 if form.errors else 200)


@require_http_methods(["POST", "DELETE"])
def closure(request: Request, topic_id: int) -> HttpResponse:
    act = actions.reopen_topic if request.method == "DELETE" else actions.close_topic
    return see_other(act(found(request, topic_id), by=request.actor).get_absolute_url())


@require_http_methods(["DELETE"])
def presence(request: Request, topic_id: int) -> HttpResponse:
    return see_other(actions.withdraw_topic(found(request, topic_id), by=request.actor).space.address)


@require_http_methods(["GET", "PUT"])
def place(request: Request, topic_id: int) -> HttpResponse:
    topic, spaces = found(request, topic_id), Space.objects.readable_by(request.actor).living().order_by("name")
    if request.method == "PUT":
        to = spaces.filter(id=ids.read(request.POST.get("space", "")) or 0).first()
        return see_other(actions.move_topic(topic, to=to, by=request.actor).get_absolute_url())
    offered = [
        space for space in spaces if policy.may_move_topic(request.actor, topic, space) and space.id != topic.space_id
    ]
    if not offered:
        raise Http404
    return render(request, "talk/move_topic.html", {"topic": topic, "spaces": offered})
