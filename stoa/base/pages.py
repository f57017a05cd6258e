"""What every view uses: find through permission, render a page or a fragment of the same template, answer errors.

A view is at most 15 lines: find, call one action, render.
"""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template import engines
from django.template.backends.utils import csrf_input, csrf_token_lazy
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from jinja2_fragments import render_block
from markupsafe import Markup

from stoa.base.actors import VISITOR
from stoa.base.errors import NotAllowed, Refusal, TooMany
from stoa.base.kept import READS, way_back, words_typed

DESK = "/desk/"
M = TypeVar("M", bound=Model)


def find(rows: "QuerySet[M]", **wanted: Any) -> M:
    """The one visible row, or *not found*: what may not be seen answers like what does not exist."""
    row = rows.filter(**wanted).first()
    if row is None:
        raise Http404
    return row


def one(rows: "Iterable[M]") -> M:
    """The first of rows that were built with their order and limit, or *not found*."""
    row = next(iter(rows), None)
    if row is None:
        raise Http404
    return row


def render(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """Renders a Jinja2 page. With `fragment`, only that block of the same template when htmx asks (a boosted page stays whole)."""
    asked = bool(getattr(request, "htmx", False)) and not getattr(getattr(request, "htmx", None), "boosted", False)
    if fragment and asked:
        answer = HttpResponse(block(request, template, fragment, context), status=status)
    else:
        answer = HttpResponse(whole(request, template, context), status=status)
    if fragment:
        patch_vary_headers(answer, ["HX-Request", "HX-Boosted"])
    return answer


def block(request: HttpRequest, template: str, name: str, context: Mapping[str, Any] | None = None) -> str:
    """One block of a template as markup, with everything that the whole page would see."""
    engine: Any = engines["jinja"]
    return render_block(engine.env, template, name, **{**around(request), **(context or {})})


def whole(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> str:
    engine: Any = engines["jinja"]
    page: str = engine.get_template(template).template.render({**(context or {}), **around(request)})
    return page


def piece(request: HttpRequest, template: str, context: Mapping[str, Any] | None = None) -> Markup:
    """A small template within a page that is being drawn: what a panel or a step of joining gives. It shares the page's surroundings."""
    engine: Any = engines["jinja"]
    values = getattr(request, "_around", None) or around(request)
    return Markup(engine.get_template(template).template.render({**values, **(context or {})}))  # noqa: S704


def around(request: HttpRequest) -> dict[str, Any]:
    """What every template sees. The form's token is drawn once per page, and only when a form asks for it: a page without a form
    stores nothing on the visitor's device."""
    engine: Any = engines["jinja"]
    values: dict[str, Any] = {
        "request": request,
        "csrf_token": csrf_token_lazy(request),
        "csrf_input": FormToken(request),
    }
    for processor in engine.template_context_processors:
        values |= processor(request)
    request._around = values  # type: ignore[attr-defined]
    return values


class FormToken:
    """The hidden field that a form of ours carries, drawn when it is first written into a page."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request
        self._drawn = ""

    def __html__(self) -> str:
        self._drawn = self._drawn or csrf_input(self._request)
        return self._drawn

    __str__ = __html__


def see_other(address: str) -> HttpResponse:
    """After a change: the page to look at (303, so that GET follows)."""
    answer = redirect(address)
    answer.status_code = 303
    return answer


def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """A refusal as a page (or, for htmx, as a message on the page that asked). What was typed stands on it."""
    values = {"reason": refusal.reason, "mend": refusal.mend, "status": refusal.status, **_kept(request)}
    answer = render(request, "base/problem.html", values, fragment="message", status=refusal.status)
    answer["HX-Retarget"] = "#messages"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same bytes for what is missing and for what may not be seen."""
    return render(request, "base/not_found.html", {"on_desk": _is_on_desk(request)}, status=404)


def only_forms(request: HttpRequest) -> HttpResponse:
    return render(request, "base/only_forms.html", {"on_desk": _is_on_desk(request)}, status=405)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "base/forbidden.html", _kept(request), status=403)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is missing or of another session: as after signing in elsewhere. `reason` is for logs, not for people."""
    refusal = NotAllowed(_("This page was open for too long."), _("Load it anew and try once more."))
    return problem(request, refusal)


def too_many(request: HttpRequest) -> HttpResponse:
    """Signing in, joining and asking for letters are counted by their own package, which does not say until when."""
    return problem(request, TooMany(_("That was tried too often."), _("Wait a few minutes, then try once more.")))


def broken(request: HttpRequest) -> HttpResponse:
    """Something of ours broke: it asks nothing of the request but what was sent, so that drawing this page cannot break too."""
    engine: Any = engines["jinja"]
    values = {"words": words_typed(request), "back": way_back(request), "may_repeat": request.method in READS}
    return HttpResponse(engine.get_template("base/broken.html").render(values, None), status=500)


def _kept(request: HttpRequest) -> dict[str, Any]:
    return {"words": words_typed(request), "back": way_back(request), "on_desk": _is_on_desk(request)}


def _is_on_desk(request: HttpRequest) -> bool:
    """Whether the page that could not be shown is one of the desk's, and its reader one of the staff."""
    actor = getattr(request, "actor", VISITOR)
    return request.path.startswith(DESK) and bool(actor.is_staff)
