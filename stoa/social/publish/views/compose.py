"""The composer: one page that keeps a draft, shows it as each network will, and plans it."""

from typing import IO, Any, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base import files, ids, once
from stoa.base.errors import NotAllowed, NotPossible, Refusal
from stoa.base.files.pictures import MOST_BYTES
from stoa.base.models.file import File
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.library.options import most_bytes
from stoa.social.publish import material, policy
from stoa.social.publish.actions import ask_for_fits, keep_in_library, plan_draft, save_draft
from stoa.social.publish.composing import channels_for, composer
from stoa.social.publish.forms import ComposeForm, of_post
from stoa.social.publish.material import Material
from stoa.social.publish.models import Post
from stoa.social.publish.models.schedule import ENDED
from stoa.social.publish.parting import PARTING
from stoa.social.publish.views.shelf import with_assets

ADDING = ("picture", "library", "assets", "part")


@require_http_methods(["GET", "POST"])
@once.per_form
def new(request: Request) -> HttpResponse:
    if not policy.may_compose(request.actor):
        raise NotAllowed(_("You may not write posts here."))
    given = given_material(request, request.GET.get("material", ""))
    first = (
        {"text": given.text, "target": given.target, "card_title": given.title, "pictures": given.pictures}
        if given
        else {}
    )
    return composed(request, None, given, first | {"channels": request.GET.getlist("channel")})


@require_http_methods(["GET", "POST"])
def edit(request: Request, post_id: int) -> HttpResponse:
    post = find(Post.objects.visible_to(request.actor), id=post_id)
    if not post.is_draft:
        return see_other(reverse("publish:post", args=[post.id]))
    if not policy.may_edit_draft(request.actor, post):
        raise NotAllowed(_("You may not write posts here."))
    given = material_of(request, post)
    return composed(request, post, given, of_post(post))


@require_POST
def checks(request: Request) -> HttpResponse:
    """The previews alone, for what is being typed. It keeps nothing."""
    if not policy.may_compose(request.actor):
        raise NotAllowed(_("You may not write posts here."))
    given = given_material(request, request.POST.get("material", ""))
    form = ComposeForm(channels_for(request.actor, given), request.POST)
    return render(request, "publish/previews.html", {"page": composer(form, given, request.actor)})


def composed(request: Request, post: Post | None, given: Material | None, first: dict[str, Any]) -> HttpResponse:
    typed, refused = with_picture(request)
    act = request.POST.get("act")
    typed, is_adding = with_assets(request, typed), act in ADDING
    typed = with_part(typed) if act == "part" else typed
    form = ComposeForm(channels_for(request.actor, given), typed, initial=first, unfinished=is_adding)
    if act == "picture" and not refused and "picture" not in request.FILES:
        form.add_error("picture", _("Choose a picture or a video first."))
    if refused:
        form.add_error("picture", f"{refused.reason} {refused.mend}".strip())
    if request.method == "POST" and not is_adding and form.is_valid():
        try:
            return see_other(keep(request, form, post, given))
        except Refusal as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())
    is_repeated = post is not None and post.schedules.exclude(state=ENDED).exists()
    values = {"page": composer(form, given, request.actor), "post": post, "is_repeated": is_repeated}
    return render(request, "publish/compose.html", values, status=422 if form.errors else 200)


def with_picture(request: Request) -> tuple[QueryDict | None, Refusal | None]:
    """What was typed, the picture brought with it kept and standing among the others: no mistake elsewhere in the form loses it."""
    brought = request.FILES.get("picture")
    if brought is None:
        return request.POST or None, None
    typed = request.POST.copy()
    alt = str(typed.get("alt", "")).strip()
    try:
        kept = kept_upload(brought, alt, request)
    except Refusal as refusal:
        return typed, refusal
    typed.appendlist("pictures", kept.shown_id)
    typed[f"alt-{kept.shown_id}"], typed["alt"] = alt, ""
    return typed, None


def kept_upload(brought: "UploadedFile[bytes]", alt: str, request: Request) -> File:
    stream, name = cast(IO[bytes], brought), brought.name or ""
    if files.is_video(stream):
        return files.keep_video(stream, most=most_bytes(), by=request.actor, name=name)
    files.check_still(stream.read(MOST_BYTES + 1))
    stream.seek(0)
    return files.keep_picture(stream, by=request.actor, alt=alt, name=name)


def with_part(typed: QueryDict | None) -> QueryDict | None:
    """What was typed, with a new part begun at its end."""
    if typed is None:
        return None
    more = typed.copy()
    more["text"] = f"{str(more.get('text', '')).rstrip()}\n\n{PARTING}\n\n"
    return more


@transaction.atomic
def keep(request: Request, form: ComposeForm, post: Post | None, given: Material | None) -> str:
    """Keeps the draft, and plans it when that is what was pressed; what is refused leaves no second draft. Gives the page to look at."""
    post = save_draft(post, form.draft(), form.variants(), material=given, by=request.actor)
    keep_in_library(post, [ids.read(key) or 0 for key in request.POST.getlist("keep")], by=request.actor)
    act = request.POST.get("act", "draft")
    if act == "fit":
        ask_for_fits(post, by=request.actor)
    if act == "plan" and form.cleaned_data["wall"] is None:
        raise NotPossible(_("Choose when it should go out, or send it now."))
    if act not in ("plan", "now"):
        return reverse("publish:edit_post", args=[post.id])
    wall = form.cleaned_data["wall"] if act == "plan" else None
    plan_draft(post, wall=wall, zone=form.cleaned_data["zone"], by=request.actor)
    return reverse("publish:post", args=[post.id])


def given_material(request: Request, reference: str) -> Material | None:
    """The material that an address names (`talk.topic:ID`), if it may be used now."""
    key, _colon, shown = reference.partition(":")
    number = ids.read(shown)
    return material.find(key, number, by=request.actor) if number else None


def material_of(request: Request, post: Post) -> Material | None:
    """What a draft was made from. When it may not be used any more, its credit stays and the gates will say so."""
    if post.material_id is None:
        return None
    found = material.find(post.material_key, post.material_id, by=request.actor)
    return found or Material(post.material_key, post.material_id, post.title, credit=post.credit, target=post.target)
