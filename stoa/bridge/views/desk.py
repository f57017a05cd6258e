"""The desk's side of member stories: what was asked, what was granted, what is out; and asking."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.bridge import policy
from stoa.bridge.actions import ask_use
from stoa.bridge.forms import AskForm
from stoa.bridge.models import UsageRight
from stoa.bridge.reading import SHELVES, Story, rights_page
from stoa.community.talk.models import Reply, Topic
from stoa.social.publish.policy import may_compose


def check_staff(request: Request) -> None:
    if not policy.may_ask(request.actor):
        raise NotAllowed(_("This page is for those who ask members for their words."))


@require_GET
def stories(request: Request) -> HttpResponse:
    """All requests, granted rights and uses."""
    check_staff(request)
    shelf = request.GET.get("shelf", "")
    shelf = shelf if shelf in SHELVES else "all"
    rows = UsageRight.objects.visible_to(request.actor).filter(state__in=SHELVES[shelf])
    values = {"page": rights_page(rows, request.GET.get("before", "")), "shelf": shelf}
    return render(request, "bridge/desk_stories.html", values, fragment="list")


@require_GET
def story(request: Request, right_id: int) -> HttpResponse:
    right = find(UsageRight.objects.visible_to(request.actor).with_all(), id=right_id)
    check_staff(request)
    values = {"story": Story.of(right, request.actor), "may_compose": may_compose(request.actor)}
    return render(request, "bridge/desk_story.html", values, fragment="state")


@require_http_methods(["GET", "POST"])
def ask_for_topic(request: Request, topic_id: int) -> HttpResponse:
    topics = Topic.objects.visible_to(request.actor).select_related("space", "author")
    return ask(request, find(topics, id=topic_id))


@require_http_methods(["GET", "POST"])
def ask_for_reply(request: Request, reply_id: int) -> HttpResponse:
    replies = Reply.objects.visible_to(request.actor).select_related("topic__space", "author")
    return ask(request, find(replies, id=reply_id))


def ask(request: Request, subject: Topic | Reply) -> HttpResponse:
    if not policy.may_ask_for(request.actor, subject):
        raise Http404
    form = AskForm.of(subject, *([request.POST] if request.method == "POST" else []))
    try:
        if form.is_bound and form.is_valid():
            purpose = form.cleaned_data["purpose"]
            right = ask_use(subject, form.terms(), purpose=purpose, by=request.actor)
            return see_other(f"/desk/stories/{right.shown_id}/")
    except (Invalid, NotPossible) as refusal:
        field = refusal.field if isinstance(refusal, Invalid) and refusal.field in form.fields else None
        form.add_error(field, refusal.reason)
    values = {"form": form, "subject": subject, "topic": policy.topic_of(subject)}
    return render(request, "bridge/ask.html", values, status=422 if form.errors else 200)
