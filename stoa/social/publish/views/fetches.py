"""What networks fetch here: the bytes of a delivery that is being sent. Nobody signs in for it; the address itself is the key."""

from django.core.files.storage import FileSystemStorage, storages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.views.decorators.http import require_safe

from stoa.base import clock, files
from stoa.base.requests import Request
from stoa.base.views import FRONT, HEADERS
from stoa.social.publish.fetching import fetched

KEPT_BY_NOBODY = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex, nofollow, noarchive"}


@require_safe
def fetch(request: Request, ticket: str, name: str) -> HttpResponseBase:
    """The same *not found* for whatever does not stand (any more)."""
    file = fetched(ticket, name, clock.now())
    if file is None:
        raise Http404
    answer: HttpResponseBase
    if request.META.get(FRONT) and isinstance(storages["default"], FileSystemStorage):
        answer = HttpResponse(headers={"X-Stoa-File": files.path_of(file.digest)})
    else:
        answer = FileResponse(files.open_file(file))
    answer.headers["Content-Type"] = file.media_type
    answer.headers["Content-Disposition"] = "inline"
    for header, value in (HEADERS | KEPT_BY_NOBODY).items():
        answer.headers[header] = value
    return answer
