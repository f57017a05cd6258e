"""What happens around every request: the other verbs of forms, the Actor, refusals as answers."""

import re
from collections.abc import Callable

import structlog
from django.conf import settings
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.translation import gettext as _

from stoa.base import actors
from stoa.base.errors import Invalid, NotPossible, Refusal

Answer = Callable[[HttpRequest], HttpResponse]
log = structlog.get_logger()
VERBS = {"PUT", "PATCH", "DELETE"}
CODE = re.compile(r"[0-9A-Za-z]{1,40}")
ADDRESS = re.compile(rb'(<a\b[^>]*?\shref="/(?!/|l/|files/|static/)[^"?#]*)(\?[^"#]*)?(#[^"]*)?"')


class MethodOverride:
    """A form's `_method` field turns its POST into PUT, PATCH or DELETE (after the body's CSRF token was read as a POST's)."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> None:
        if request.method == "POST" and (verb := request.POST.get("_method", "").upper()) in VERBS:
            request.method = verb


class ActorOfRequest:
    """`request.actor`: who asks. Answers to somebody signed in are never stored by a cache in between."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        account = request.user
        request.actor = actors.of_account(account) if account.is_authenticated else actors.VISITOR  # type: ignore[attr-defined]
        with timezone.override(request.actor.zone if account.is_authenticated else None):  # type: ignore[attr-defined]
            answer = self.get_response(request)
        if account.is_authenticated and not answer.has_header("Cache-Control"):
            patch_cache_control(answer, private=True, no_store=True)
            patch_vary_headers(answer, ["Cookie"])
        return answer


class Refusals:
    """A refusal that reaches here becomes a page that says why and how to mend it. So does what two people (or two clicks) did in
    the same moment: the database lets one through, and nothing of the other was kept."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        return _only_forms(request, answer) if answer.status_code == 405 and request.method == "GET" else answer

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        """No keyboard types a NUL, and PostgreSQL keeps none: refused before anything is asked."""
        from stoa.base import pages

        sent_so = (request.GET, request.POST) if request.method not in ("GET", "HEAD") else (request.GET,)
        given = (value for sent in sent_so for _name, values in sent.lists() for value in values)
        if any("\0" in str(value) for value in given):
            return pages.problem(request, Invalid(_("This holds a character that cannot be read."), _("Type it anew.")))
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        from stoa.base import pages

        if isinstance(exception, Refusal):
            return pages.problem(request, exception)
        if isinstance(exception, Http404):
            return pages.not_found(request)
        if isinstance(exception, IntegrityError) and "unique" in str(exception).lower():
            log.warning("request.collision", path=request.path, trouble=str(exception).splitlines()[0])
            both = NotPossible(_("Somebody did this in the same moment."), _("Look again: it may be done already."))
            return pages.problem(request, both)
        return None


def _only_forms(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    """Who follows an address that only takes what a form sends, as after a reload, finds a page with a way on."""
    from stoa.base import pages

    page = pages.only_forms(request)
    page["Allow"] = answer.get("Allow", "POST")
    return page


class CarriesLinkCode:
    """A visitor who came by a link keeps its code in the addresses of the pages that they go on to, and nowhere else: nothing is
    stored on their device, and when they join, the form still knows which link brought them."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        code = request.GET.get(settings.STOA_LINK_PARAMETER, "")
        is_page = not answer.streaming and answer.get("Content-Type", "").startswith("text/html")
        if is_page and CODE.fullmatch(code) and request.actor.is_visitor:  # type: ignore[attr-defined]
            answer.content = with_code(answer.content, f"{settings.STOA_LINK_PARAMETER}={code}".encode())
        return answer


def with_code(page: bytes, pair: bytes) -> bytes:
    """The page, with this parameter in the addresses of ours that a person can follow and that do not carry one yet."""

    def carry(found: re.Match[bytes]) -> bytes:
        path, query, place = found[1], found[2] or b"", found[3] or b""
        if pair.partition(b"=")[0] + b"=" in query:
            return found[0]
        return path + (query + b"&amp;" if query else b"?") + pair + place + b'"'

    return ADDRESS.sub(carry, page)
