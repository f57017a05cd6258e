"""What a page may load is said with every answer, as django-csp says it."""

from typing import Any

import pytest
from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from django.http import HttpResponse
from django.test import RequestFactory

from stoa.base.server.policy_header import SaysWhatMayLoad


def said(middleware: type[CSPMiddleware], **of_answer: Any) -> dict[str, str]:
    def answer(_request: Any) -> HttpResponse:
        given = HttpResponse("A page")
        for name, value in of_answer.items():
            setattr(given, name, value)
        return given

    found: Any = middleware(answer)(RequestFactory().get("/"))
    return {part.split()[0]: part for part in found.headers.get(HEADER, "").split("; ") if part}


@pytest.mark.parametrize(
    "of_answer",
    [
        {},
        {"_csp_update": {"img-src": ["https://else.test"]}},
        {"_csp_exempt": True},
        {"_csp_replace": {"img-src": ["'none'"]}},
    ],
)
def test_the_policy_is_the_same_as_django_csps(of_answer: dict[str, Any]) -> None:
    assert said(SaysWhatMayLoad, **of_answer) == said(CSPMiddleware, **of_answer)


def test_a_page_loads_no_script_but_ours() -> None:
    found = said(SaysWhatMayLoad)
    assert (found["script-src"], found["default-src"]) == ("script-src 'self'", "default-src 'none'")


def test_an_answer_that_has_said_its_own_policy_keeps_it() -> None:
    def sandboxed(_request: Any) -> HttpResponse:
        return HttpResponse(b"bytes", headers={HEADER: "sandbox"})

    found: Any = SaysWhatMayLoad(sandboxed)(RequestFactory().get("/"))
    assert found.headers[HEADER] == "sandbox"


def test_a_policy_that_was_changed_is_said_from_then_on(settings: Any) -> None:
    settings.CONTENT_SECURITY_POLICY = {"DIRECTIVES": {"default-src": ["'self'"]}}
    assert said(SaysWhatMayLoad) == {"default-src": "default-src 'self'"}
