"""Tags: all of them, the topics of one, those of a topic, and the vocabulary."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import ids
from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import actions, policy
from stoa.community.talk.forms import TagRuleForm, TagsForm
from stoa.community.talk.models import TagRule
from stoa.community.talk.models.tag import normalised, tags_in
from stoa.community.talk.tagging import suggested, topics_tagged, used_tags
from stoa.community.talk.views.topics import found, show_in
from stoa.spaces.models import Space


@require_GET
def tags(request: Request) -> HttpResponse:
    values = {"used": used_tags(request.actor), "may_tend": policy.may_tend_tags(request.actor, None)}
    return render(request, "talk/tags.html", values)


@require_GET
def tag(request: Request) -> HttpResponse:
    """The word stands behind the address, so that no log learns of it."""
    name = normalised(request.GET.get("tag", "")[:100])
    page = topics_tagged(request.actor, name, request.GET.get("before", ""))
    return render(request, "talk/tag.html", {"name": name, "topics": page.rows, "next": page.next})


@require_http_methods(["GET", "POST"])
def of_topic(request: Request, topic_id: int) -> HttpResponse:
    topic = found(request, topic_id)
    if not policy.may_tag(request.actor, topic):
        raise Http404
    form = TagsForm(request.POST or None, initial={"tags": ", ".join(topic.tag_names)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.tag_topic(topic, tags_in(form.cleaned_data["tags"]), by=request.actor)
            return see_other(topic.get_absolute_url())
        except Invalid as refusal:
            show_in(form, refusal)
    values = {"form": form, "topic": topic, "suggested": suggested(request.actor, topic.space)}
    values["may_tend"] = policy.may_tend_tags(request.actor, topic.space)
    return render(request, "talk/tag_topic.html", values, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST", "DELETE"])
def vocabulary(request: Request) -> HttpResponse:
    return tended(request, None)


@require_http_methods(["GET", "POST", "DELETE"])
def vocabulary_of_space(request: Request, space_id: int) -> HttpResponse:
    return tended(request, find(Space.objects.readable_by(request.actor), id=space_id))


def tended(request: Request, space: Space | None) -> HttpResponse:
    """The words of a space, or the site's, for those who tend them."""
    if not policy.may_tend_tags(request.actor, space):
        raise Http404
    rules = TagRule.objects.visible_to(request.actor).filter(space=space).select_related("space")
    if request.method == "DELETE":
        if rule := rules.filter(id=ids.read(request.POST.get("rule", "")) or 0).first():
            actions.drop_tag_rule(rule, by=request.actor)
        return see_other(request.path)
    form = TagRuleForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_tag_rule(space, form.cleaned_data["name"], form.cleaned_data["becomes"], by=request.actor)
            return see_other(request.path)
        except Invalid as refusal:
            show_in(form, refusal)
    values = {"form": form, "space": space, "rules": rules.order_by("name"), "used": used_tags(request.actor, space)}
    return render(request, "talk/vocabulary.html", values, status=422 if form.errors else 200)
