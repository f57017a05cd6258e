"""Base's doors: files."""

from datetime import timedelta
from typing import IO, cast

from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, JsonResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from stoa.base import files, ids, limits
from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, Refusal
from stoa.base.models import File
from stoa.base.requests import Request

FRONT = "stoa.front"  # in the WSGI environment when the front stands before Django and sends the bytes itself
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FOR_ALL = "private, max-age=2592000, immutable"  # what a visitor may see: these bytes never change, and its address is theirs alone
FOR_SOME = "private, max-age=600"  # sight can end: soon after, a browser asks again


@require_safe
def file(request: Request, file_id: int) -> HttpResponseBase:
    """The bytes, for whoever may see the thing that the file belongs to; the same *not found* for everybody else."""
    found = File.objects.filter(id=file_id).first()
    if found is None or not files.may_see_file(request.actor, found):
        raise Http404
    thumb = request.GET.get("size") == "thumb" and bool(found.thumb)
    digest = found.thumb if thumb else found.digest
    answer: HttpResponseBase
    if request.META.get(FRONT) and isinstance(storages["default"], FileSystemStorage):
        answer = HttpResponse(headers={"X-Stoa-File": files.path_of(digest)})
    else:
        answer = FileResponse(files.open_file(found, thumb=thumb))
    answer.headers["Content-Type"] = "image/webp" if thumb else found.media_type
    answer.headers["Content-Disposition"] = str(content_disposition_header(not found.thumb, found.name or "file"))
    answer.headers["ETag"] = f'"{digest[:32]}"'
    for name, value in HEADERS.items():
        answer.headers[name] = value
    answer.headers["Cache-Control"] = FOR_ALL if files.may_see_file(VISITOR, found) else FOR_SOME
    return answer


@require_POST
def bring_file(request: Request) -> JsonResponse:
    """Keeps a picture and says how to write it: for the editor, which shows what is refused beside the text."""
    upload = request.FILES.get("file")
    alt = request.POST.get("alt", "")
    try:
        if upload is None:
            raise Invalid(_("No file came with this."), _("Choose a picture."), "file")
        limits.take(f"files {request.actor.person_id or limits.place_of(request)}", per=timedelta(hours=1), allowed=200)
        kept = files.keep_picture(cast(IO[bytes], upload), by=request.actor, alt=alt, name=upload.name or "")
    except Refusal as refusal:
        return JsonResponse({"reason": refusal.reason, "mend": refusal.mend}, status=refusal.status)
    words = "".join(character for character in kept.alt if character not in "[]\\\n")
    return JsonResponse(
        {
            "id": ids.shown(kept.id),
            "address": kept.address,
            "thumb": kept.thumb_address,
            "markdown": f"![{words}]({kept.address})",
            "width": kept.width,
            "height": kept.height,
        },
        status=201,
    )
