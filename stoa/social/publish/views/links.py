"""The counting redirect: the one GET of this room that writes. It sets nothing on the visitor's device."""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from stoa.base.requests import Request
from stoa.social.publish.actions import find_link
from stoa.social.publish.actions.clicks import Visit, count_visit
from stoa.social.publish.models import Link


@require_safe
def link(request: Request, code: str) -> HttpResponse:
    """To where the link leads and nowhere else; a page here is told by which link its visitor came."""
    row = find_link(code)
    if row is None:
        raise Http404
    count_visit(row, visit_of(request), by=request.actor)
    answer = HttpResponse(status=302)
    answer["Location"] = address_of(row)
    answer["Cache-Control"] = "no-store"
    answer["X-Robots-Tag"] = "noindex"
    return answer


def visit_of(request: Request) -> Visit:
    said = request.headers
    return Visit(
        method=request.method or "",
        mode=said.get("Sec-Fetch-Mode", ""),
        purpose=said.get("Sec-Purpose", "") or said.get("Purpose", ""),
        agent=said.get("User-Agent", "")[:500],
        address=request.META.get("REMOTE_ADDR", ""),
    )


def address_of(row: Link) -> str:
    if not row.is_ours:
        return row.target
    parts = urlsplit(row.target)
    query = "&".join(part for part in (parts.query, urlencode({"via": row.code})) if part)
    return urlunsplit(("", "", parts.path, query, parts.fragment))
