"""Schedules at the desk: the list, a new one from a post, one of them, its times and its state."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import clock, once
from stoa.base.errors import Invalid, NotAllowed, Refusal
from stoa.base.models.site import site
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.base.walltime import zone
from stoa.social.publish import actions, policy
from stoa.social.publish.composing import channels_for
from stoa.social.publish.models import Post, Schedule
from stoa.social.publish.schedule_form import ScheduleForm
from stoa.social.publish.schedule_pages import SchedulePage, schedule_list, warnings


@require_GET
def schedules(request: Request) -> HttpResponse:
    if not policy.may_see_posts(request.actor):
        raise NotAllowed(_("You may not see posts."))
    rows, older = schedule_list(request.actor, request.GET.get("before", ""))
    return render(request, "publish/schedules.html", {"rows": rows, "older": older})


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request, post_id: int) -> HttpResponse:
    post = find(Post.objects.visible_to(request.actor), id=post_id)
    if not policy.may_compose(request.actor):
        raise NotAllowed(_("You may not write posts here."))
    channels, here = channels_for(request.actor), site().zone
    used = [each.channel for each in post.variants.select_related("channel") if each.channel in channels]
    first = ScheduleForm.first(used, post.wall_time, clock.now().astimezone(zone(here)).weekday())
    form = ScheduleForm(channels, request.POST or None, initial=first, zone=here)
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(actions.repeat_post(post, form.plan(), by=request.actor).get_absolute_url())
        except Refusal as refusal:
            say(form, refusal)
    return written(request, form, post, None)


def say(form: ScheduleForm, refusal: Refusal) -> None:
    field = getattr(refusal, "field", "") if isinstance(refusal, Invalid) else ""
    form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())


def written(request: Request, form: ScheduleForm, post: Post, schedule: Schedule | None) -> HttpResponse:
    values = {
        "form": form, "post": post, "schedule": schedule, "warnings": warnings(form.known.values()), "zone": form.zone,
    }  # fmt: skip
    return render(request, "publish/schedule_form.html", values, status=422 if form.errors else 200)


def found(request: Request, schedule_id: int) -> Schedule:
    rows = Schedule.objects.visible_to(request.actor).select_related("post", "kept_by")
    return find(rows.prefetch_related("places__channel"), id=schedule_id)


@require_GET
def schedule(request: Request, schedule_id: int) -> HttpResponse:
    kept = found(request, schedule_id)
    page = SchedulePage.of(kept, request.actor)
    return render(request, "publish/schedule.html", {"page": page, "schedule": kept})


@require_http_methods(["GET", "POST"])
@once.per_form
def edit(request: Request, schedule_id: int) -> HttpResponse:
    kept = found(request, schedule_id)
    if not policy.may_repeat(request.actor, [each.channel for each in kept.places.all()]):
        raise NotAllowed(_("You may not publish on all channels of this schedule."))
    form = ScheduleForm(
        channels_for(request.actor), request.POST or None, initial=ScheduleForm.of(kept), zone=kept.zone
    )
    if request.method == "POST" and form.is_valid():
        try:
            return see_other(actions.change_schedule(kept, form.plan(), by=request.actor).get_absolute_url())
        except Refusal as refusal:
            say(form, refusal)
    return written(request, form, kept.post, kept)


@require_POST
def state(request: Request, schedule_id: int) -> HttpResponse:
    """Each button of the page says what becomes of it."""
    acts = {"running": actions.resume_schedule, "stopped": actions.stop_schedule}
    kept, act = found(request, schedule_id), acts.get(request.POST.get("state", ""))
    if act is not None:
        act(kept, by=request.actor)
    return see_other(kept.get_absolute_url())


@require_POST
def words(request: Request, schedule_id: int) -> HttpResponse:
    """Other words for the next times: the draft that holds them."""
    draft = actions.write_anew(found(request, schedule_id), by=request.actor)
    return see_other(reverse("publish:edit_post", args=[draft.id]))


@require_http_methods(["POST", "DELETE"])
def skip(request: Request, schedule_id: int, number: int) -> HttpResponse:
    """One time left out (POST), or after all not (DELETE)."""
    kept = found(request, schedule_id)
    if number < 1:
        raise Http404
    act = actions.take_up_occurrence if request.method == "DELETE" else actions.skip_occurrence
    act(kept, number, by=request.actor)
    return see_other(kept.get_absolute_url())
