"""Assets at the desk: the grid, one asset."""

from collections.abc import Collection

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from stoa.base import ids
from stoa.base.errors import Invalid, NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.library import policy
from stoa.social.library.actions import delete_asset, describe_asset, move_assets, tag_assets
from stoa.social.library.actions.assets import tags_in
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.forms import AssetForm, SeveralForm, of_asset
from stoa.social.library.models import Asset
from stoa.social.library.reading import Asked, AssetPage, LibraryPage, folder_tree


@require_GET
def assets(request: Request) -> HttpResponse:
    if not policy.may_see_library(request.actor):
        raise NotAllowed(_("You may not see the library."))
    return listed(request)


@require_POST
def several(request: Request) -> HttpResponse:
    """The ticked assets, laid into a folder or given tags; the list stays narrowed as it was."""
    check_keeper(request.actor)
    form = SeveralForm(folder_tree(request.actor), request.POST)
    numbers = [number for key in request.POST.getlist("assets") if (number := ids.read(key))]
    if form.is_valid():
        try:
            if request.POST.get("act") == "tags":
                tag_assets(numbers, tags_in(form.cleaned_data["tags"]), by=request.actor)
            else:
                move_assets(numbers, form.place.chosen(form.cleaned_data["folder"]), by=request.actor)
            return see_other(reverse("library:assets") + Asked.of(request.GET).query())
        except Invalid as refusal:
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, f"{refusal.reason} {refusal.mend}".strip())
    return listed(request, form, set(request.POST.getlist("assets")))


def listed(request: Request, form: SeveralForm | None = None, ticked: Collection[str] = ()) -> HttpResponse:
    page = LibraryPage.of(request.actor, request.GET)
    form = form or SeveralForm(page.folders)
    values = {"page": page, "several": form, "ticked": ticked}
    return render(request, "library/assets.html", values, status=422 if form.errors else 200)


@require_GET
def asset(request: Request, asset_id: int) -> HttpResponse:
    row = found(request, asset_id)
    return drawn(request, row, AssetForm(folder_tree(request.actor), initial=of_asset(row)))


@require_http_methods(["POST", "DELETE"])
def description(request: Request, asset_id: int) -> HttpResponse:
    """What is said of it, said anew; taken away, the picture goes too."""
    row = found(request, asset_id)
    if request.method == "DELETE":
        delete_asset(row, by=request.actor)
        return see_other(reverse("library:assets"))
    check_keeper(request.actor)
    form = AssetForm(folder_tree(request.actor), request.POST, initial=of_asset(row))
    if form.is_valid():
        try:
            describe_asset(row, form.whole(), by=request.actor)
            return see_other(reverse("library:asset", args=[row.id]))
        except Refusal as refusal:
            refuse(form, refusal)
    return drawn(request, row, form)


def found(request: Request, asset_id: int) -> Asset:
    rows = Asset.objects.visible_to(request.actor).with_file().select_related("folder", "by")
    return find(rows.prefetch_related("tags"), id=asset_id)


def drawn(
    request: Request, row: Asset, form: AssetForm, version_error: str = "", *, poster_error: str = ""
) -> HttpResponse:
    values = {
        "page": AssetPage.of(row, request.actor, form.tree), "form": form, "version_error": version_error,
        "poster_error": poster_error, "why": request.POST.get("why", ""),
    }  # fmt: skip
    is_wrong = form.errors or version_error or poster_error
    return render(request, "library/asset.html", values, status=422 if is_wrong else 200)


def refuse(form: AssetForm, refusal: Refusal) -> None:
    """Beside its field; a lack of rights is no matter of a field."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())
