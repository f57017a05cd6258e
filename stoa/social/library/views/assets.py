"""Assets at the desk: the grid, one asset."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import NotAllowed, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.library import policy
from stoa.social.library.actions import delete_asset, describe_asset
from stoa.social.library.actions.keepers import check_keeper
from stoa.social.library.forms import AssetForm, of_asset
from stoa.social.library.models import Asset
from stoa.social.library.reading import AssetPage, LibraryPage, folder_tree


@require_GET
def assets(request: Request) -> HttpResponse:
    if not policy.may_see_library(request.actor):
        raise NotAllowed(_("You may not see the library."))
    return render(request, "library/assets.html", {"page": LibraryPage.of(request.actor, request.GET)})


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


def drawn(request: Request, row: Asset, form: AssetForm, version_error: str = "") -> HttpResponse:
    values = {
        "page": AssetPage.of(row, request.actor, form.tree), "form": form, "version_error": version_error,
        "why": request.POST.get("why", ""),
    }  # fmt: skip
    return render(request, "library/asset.html", values, status=422 if form.errors or version_error else 200)


def refuse(form: AssetForm, refusal: Refusal) -> None:
    """Beside its field; a lack of rights is no matter of a field."""
    if isinstance(refusal, NotAllowed):
        raise refusal
    field = getattr(refusal, "field", "")
    form.add_error(field if field in form.fields else None, f"{refusal.reason} {refusal.mend}".strip())
