"""Refusals without their pages: what they look like is tested where they are drawn."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse

from stoa.base import pages
from stoa.base.errors import Refusal


@pytest.fixture(autouse=True)
def _plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    def problem(request: HttpRequest, refusal: Refusal) -> HttpResponse:
        return HttpResponse(refusal.reason, status=refusal.status)

    def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
        return HttpResponse(status=404)

    monkeypatch.setattr(pages, "problem", problem)
    monkeypatch.setattr(pages, "not_found", not_found)
