"""Folders at the desk: the tree, one folder renamed or taken away."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import ids
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.library import policy
from stoa.social.library.actions import delete_folder, make_folder, rename_folder
from stoa.social.library.models import Folder
from stoa.social.library.reading import folder_tree


@require_http_methods(["GET", "POST"])
def folders(request: Request) -> HttpResponse:
    if not policy.may_keep(request.actor):
        raise NotAllowed(_("You may not change the library."))
    tree, error, name = folder_tree(request.actor), "", request.POST.get("name", "")
    if request.method == "POST":
        parent = next((folder for folder, _path in tree if folder.id == ids.read(request.POST.get("parent", ""))), None)
        try:
            make_folder(name, parent=parent, by=request.actor)
            return see_other(reverse("library:folders"))
        except Invalid as refusal:
            error = f"{refusal.reason} {refusal.mend}".strip()
    values = {"tree": tree, "error": error, "name": name, "parent": request.POST.get("parent", "")}
    return render(request, "library/folders.html", values, status=422 if error else 200)


@require_http_methods(["POST", "DELETE"])
def folder(request: Request, folder_id: int) -> HttpResponse:
    row = find(Folder.objects.visible_to(request.actor).select_related("parent"), id=folder_id)
    if request.method == "DELETE":
        delete_folder(row, by=request.actor)
    else:
        rename_folder(row, request.POST.get("name", ""), by=request.actor)
    return see_other(reverse("library:folders"))
