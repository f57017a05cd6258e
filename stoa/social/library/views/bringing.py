"""Pictures and videos brought into the library, several at once, and then described one by one."""

from collections.abc import Iterable
from typing import IO, cast

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import files
from stoa.base.errors import Invalid, NotAllowed, Refusal
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.social.library import policy
from stoa.social.library.actions import About, bring_asset, bring_video
from stoa.social.library.actions.assets import MOST_BYTES
from stoa.social.library.describing import DescribePage, describe_each
from stoa.social.library.forms import MOST_AT_ONCE, BringForm
from stoa.social.library.models import Asset
from stoa.social.library.reading import folder_tree

Brought = tuple[list[Asset], list[tuple[str, str]]]


@require_http_methods(["GET", "POST"])
def bringing(request: Request) -> HttpResponse:
    check_keeps(request)
    form = BringForm(
        folder_tree(request.actor), request.POST or None, initial={"folder": request.GET.get("folder", "")}
    )
    kept: Brought = ([], [])
    if request.method == "POST" and form.is_valid():
        try:
            kept = bring_each(request.FILES.getlist("pictures"), form.about(), request)
            if kept[0] and not kept[1]:
                return see_other(reverse("library:undescribed"))
        except Refusal as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else "pictures", f"{refusal.reason} {refusal.mend}".strip())
    values = {"form": form, "kept": kept[0], "refused": kept[1]}
    return render(request, "library/bringing.html", values, status=422 if form.errors or kept[1] else 200)


def bring_each(uploads: Iterable["UploadedFile[bytes]"], about: About, request: Request) -> Brought:
    """Those that came in, and those that did not with the reason: one that fails keeps no other out."""
    wanted, kept, refused = list(uploads), list[Asset](), list[tuple[str, str]]()
    if not wanted:
        raise Invalid(_("Choose a picture or a video first."), field="pictures")
    if len(wanted) > MOST_AT_ONCE:
        raise Invalid(_("At most 20 at once."), _("Bring the others afterwards."), field="pictures")
    for upload in wanted:
        try:
            kept.append(bring(upload, about, request))
        except Invalid as refusal:
            if refusal.field not in ("", "file"):
                raise
            refused.append((upload.name or "", f"{refusal.reason} {refusal.mend}".strip()))
    return kept, refused


def bring(upload: "UploadedFile[bytes]", about: About, request: Request) -> Asset:
    """A video stays on the disk, where it was received."""
    stream, name = cast(IO[bytes], upload), upload.name or ""
    if files.is_video(stream):
        return bring_video(stream, about, name=name, by=request.actor)
    return bring_asset(stream.read(MOST_BYTES + 1), about, name=name, by=request.actor)


@require_http_methods(["GET", "POST"])
def undescribed(request: Request) -> HttpResponse:
    """What nobody has described yet, the newest first, each with a place for its words."""
    check_keeps(request)
    if request.method == "POST":
        describe_each(request.POST, by=request.actor)
        return see_other(reverse("library:undescribed"))
    return render(request, "library/undescribed.html", {"page": DescribePage.of(request.actor)})


def check_keeps(request: Request) -> None:
    if not policy.may_keep(request.actor):
        raise NotAllowed(_("You may not change the library."))
