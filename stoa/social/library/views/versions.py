"""Versions of an asset: another file for it, an earlier one taken up again."""

from typing import IO, cast

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stoa.base import files, ids
from stoa.base.errors import Invalid
from stoa.base.pages import find, see_other
from stoa.base.requests import Request
from stoa.social.library.actions import add_version, add_video, choose_poster, go_back
from stoa.social.library.actions.assets import MOST_BYTES
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.forms import AssetForm, of_asset
from stoa.social.library.models import Asset
from stoa.social.library.reading import folder_tree
from stoa.social.library.views.assets import drawn


@require_POST
def versions(request: Request, asset_id: int) -> HttpResponse:
    row = find(Asset.objects.visible_to(request.actor).with_file().select_related("folder", "by"), id=asset_id)
    brought, why = request.FILES.get("file"), request.POST.get("why", "")
    try:
        if brought and files.is_video(stream := cast(IO[bytes], brought)):
            add_video(row, stream, why=why, name=brought.name or "", by=request.actor)
        else:
            content, name = (brought.read(MOST_BYTES + 1), brought.name or "") if brought else (b"", "")
            add_version(row, content, why=why, name=name, by=request.actor)
    except Invalid as refusal:
        form = AssetForm(folder_tree(request.actor), initial=of_asset(row))
        return drawn(request, row, form, f"{refusal.reason} {refusal.mend}".strip())
    return see_other(reverse("library:asset", args=[row.id]) + "#versions")


@require_POST
def poster(request: Request, asset_id: int) -> HttpResponse:
    """Another picture stands for a video."""
    row = find(Asset.objects.visible_to(request.actor).with_file().select_related("folder", "by"), id=asset_id)
    brought = request.FILES.get("poster")
    try:
        choose_poster(row, brought.read(MOST_BYTES + 1) if brought else b"", by=request.actor)
    except Invalid as refusal:
        form = AssetForm(folder_tree(request.actor), initial=of_asset(row))
        return drawn(request, row, form, poster_error=f"{refusal.reason} {refusal.mend}".strip())
    return see_other(reverse("library:asset", args=[row.id]))


@require_POST
def current(request: Request, asset_id: int) -> HttpResponse:
    row = find(Asset.objects.visible_to(request.actor), id=asset_id)
    check_keeper(request.actor)
    version = row.versions.filter(id=ids.read(request.POST.get("version", "")) or 0).first()
    if version is None:
        raise Invalid(_("Choose one of its versions."), field="version")
    go_back(row, version, by=request.actor)
    return see_other(reverse("library:asset", args=[row.id]) + "#versions")
