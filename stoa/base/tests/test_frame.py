"""The frame of every page, and the pages that say no."""

from collections.abc import Callable

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from stoa.base import pages
from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed
from stoa.base.tests.frame import MEMBER, STAFF, asked, dressed, guild

__all__ = ["guild"]
pytestmark = pytest.mark.usefixtures("guild")


def test_a_visitors_page_holds_no_token_and_no_name() -> None:
    said = pages.not_found(asked()).content.decode()
    assert "csrf" not in said.lower()
    assert "nonce" not in said


def test_not_found_is_the_same_bytes_at_every_address() -> None:
    assert pages.not_found(asked("/topics/1/")).content == pages.not_found(asked("/spaces/secret/")).content


def test_a_signed_in_page_lets_htmx_send_the_token() -> None:
    assert "X-CSRFToken" in pages.not_found(asked(actor=MEMBER)).content.decode()


@pytest.mark.parametrize("actor", [MEMBER, STAFF])
def test_a_refusal_says_why_and_how_to_mend_it(actor: object) -> None:
    answer = pages.problem(asked(actor=actor), NotAllowed("Closed topics take no replies.", "Open a new topic."))  # type: ignore[arg-type]
    assert answer.status_code == 403
    assert "Closed topics take no replies." in answer.content.decode()
    assert "Open a new topic." in answer.content.decode()


def test_the_page_of_our_own_faults_needs_no_request() -> None:
    assert pages.broken(asked()).status_code == 500


def sent(origin: str = "", referer: str = "", path: str = "/somewhere/") -> HttpRequest:
    """A form with words, a choice and a password, as its sender's browser sends it."""
    came = {"HTTP_ORIGIN": origin} if origin else {}
    came |= {"HTTP_REFERER": referer} if referer else {}
    form = {"source": "Lefty loosey, and a drop of oil.", "kind": "question", "password1": "a long way round"}
    return dressed(RequestFactory().post(path, form, **came))


def refused(request: HttpRequest) -> HttpResponse:
    return pages.problem(request, NotAllowed("No."))


@pytest.mark.parametrize("page", [refused, pages.stale_form, pages.forbidden, pages.broken])
def test_a_page_that_says_no_to_a_form_shows_what_was_typed_and_no_password(
    page: Callable[[HttpRequest], HttpResponse],
) -> None:
    said = page(sent()).content.decode()
    assert said.count("Lefty loosey, and a drop of oil.") == 1
    assert ">question<" not in said
    assert "a long way round" not in said


def test_what_another_site_sent_in_is_not_shown() -> None:
    assert "Lefty" not in pages.stale_form(sent(origin="https://elsewhere.example")).content.decode()
    assert "Lefty" in pages.stale_form(sent(origin="http://testserver")).content.decode()


def test_a_page_that_says_no_leads_back_to_where_its_reader_was_and_nowhere_else() -> None:
    ours, theirs = "http://testserver/topics/?list=new", "https://elsewhere.example/topics/"
    assert 'href="/topics/?list=new"' in pages.stale_form(sent(referer=ours)).content.decode()
    assert "elsewhere" not in pages.stale_form(sent(referer=theirs)).content.decode()


@pytest.mark.parametrize(
    ("actor", "path", "on_desk"), [(STAFF, "/desk/x/", True), (STAFF, "/x/", False), (MEMBER, "/desk/x/", False)]
)
def test_who_works_at_the_desk_stays_there_when_something_is_refused(actor: Actor, path: str, on_desk: bool) -> None:
    said = pages.problem(asked(path, actor), NotAllowed("No.")).content.decode()
    assert ('class="rail"' in said, said.count("<h1")) == (on_desk, 1)


def test_too_many_tries_at_the_door_say_so_on_a_page_of_ours() -> None:
    answer = pages.too_many(asked())
    assert answer.status_code == 429
    assert "Wait a few minutes" in answer.content.decode()
