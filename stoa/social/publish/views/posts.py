"""Posts at the desk: the list, one post, a draft thrown away."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.publish import policy
from stoa.social.publish.actions import throw_away
from stoa.social.publish.models import Post
from stoa.social.publish.reading import PostList, delivery_rows, described
from stoa.social.publish.schedule_pages import Repeated
from stoa.social.publish.telling import told_of_wall


@require_GET
def posts(request: Request) -> HttpResponse:
    if not policy.may_see_posts(request.actor):
        raise NotAllowed(_("You may not see posts."))
    drafts = request.GET.get("state") == "drafts"
    page = PostList.of(request.actor, drafts, request.GET.get("before", ""))
    values = {"page": page, "drafts": drafts, "may_compose": policy.may_compose(request.actor)}
    return render(request, "publish/posts.html", values)


@require_GET
def post(request: Request, post_id: int) -> HttpResponse:
    row = find(Post.objects.visible_to(request.actor).select_related("by"), id=post_id)
    if row.is_draft and not policy.may_edit_draft(request.actor, row):
        raise NotAllowed(_("This is a draft."), _("It can be seen once it is planned."))
    if row.is_draft:
        return see_other(reverse("publish:edit_post", args=[row.id]))
    values = {
        "post": row, "deliveries": delivery_rows(row, request.actor), "pictures": described(row.pictures),
        "wall_told": told_of_wall(row.wall_time, row.zone), "repeated": Repeated.of(row, request.actor),
    }  # fmt: skip
    return render(request, "publish/post.html", values, fragment="deliveries")


@require_http_methods(["DELETE"])
def draft(request: Request, post_id: int) -> HttpResponse:
    throw_away(find(Post.objects.visible_to(request.actor), id=post_id), by=request.actor)
    return see_other(reverse("publish:posts") + "?state=drafts")
