"""What somebody had typed when their form was not taken: shown once more, so that a refusal never costs words. Their way back, too."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

READS = ("GET", "HEAD", "OPTIONS")


def words_typed(request: HttpRequest) -> list[str]:
    """The texts of the form, longest first. Codes and choices are one Latin word, and what another site sent in is not ours to show."""
    if request.method in READS or not _is_from_here(request):
        return []
    texts = {
        value.strip()
        for name, values in request.POST.lists()
        if "password" not in name
        for value in values
        if isinstance(value, str) and (" " in value.strip() or not value.isascii())
    }
    return sorted(texts, key=lambda text: (-len(text), text))


def way_back(request: HttpRequest) -> str:
    """The page of ours that the reader came from, as a path; empty when there is none, or when it is this one."""
    said = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        return ""
    came = urlsplit(said)
    path = came.path + (f"?{came.query}" if came.query else "")
    return "" if request.method in READS and path == request.get_full_path() else path


def _is_from_here(request: HttpRequest) -> bool:
    sent = request.headers.get("Origin")
    return sent is None or sent == f"{request.scheme}://{request.get_host()}"
