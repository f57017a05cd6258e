"""The frame of every page, and the pages that say no."""

import pytest

from stoa.base import pages
from stoa.base.errors import NotAllowed
from stoa.base.tests.frame import MEMBER, STAFF, asked, guild

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
