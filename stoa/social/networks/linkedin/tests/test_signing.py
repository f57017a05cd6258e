"""Signing in at LinkedIn: pages that one looks after, one's own profile, the day on which it ends."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from stoa.social.networks.linkedin import signing
from stoa.social.networks.linkedin.connector import CONNECTOR
from stoa.social.networks.linkedin.tests.rehearsal import MEMBER, PAGE, TOKEN, SmallLinkedIn
from stoa.social.networks.protocol import Line, Refused

BACK, STATE, VERIFIER = "https://stoa.example/back", "state" * 8, "verifier" * 6


@pytest.fixture
def server() -> SmallLinkedIn:
    return SmallLinkedIn()


def test_the_pages_that_one_looks_after_are_offered(server: SmallLinkedIn) -> None:
    server.pages = ("2414183", "77")
    opened = arrived(server, "pages")
    assert [(account.id, granted.credentials["author"]) for account, granted in opened] == [
        (PAGE, PAGE), ("urn:li:organization:77", "urn:li:organization:77"),
    ]  # fmt: skip
    assert opened[0][1].ends_at == datetime(2026, 4, 30, 12, tzinfo=UTC)
    assert opened[0][1].fresh_until is None
    kept = CONNECTOR.refresh(over=Line(server, opened[0][1].credentials))
    assert kept.ends_at == opened[0][1].ends_at


def test_ones_own_profile_asks_for_less(server: SmallLinkedIn) -> None:
    answers = {"whom": "me", "client": server.desk.client, "secret": server.desk.secret}
    leaving = CONNECTOR.leave(answers, back=BACK, state=STATE, verifier=VERIFIER, http=server)
    assert "scope=openid%20profile%20w_member_social&" in leaving.address
    account, granted = arrived(server, "me")[0]
    assert (account.id, account.name, granted.credentials["author"]) == (MEMBER, "Rosa", MEMBER)


def test_who_looks_after_no_page_is_told_so(server: SmallLinkedIn) -> None:
    server.pages = ()
    with pytest.raises(Refused) as refused:
        arrived(server, "pages")
    assert refused.value.reason == "LinkedIn names no page that you look after."
    server.desk.willing = False
    with pytest.raises(Refused) as refused:
        arrived(server, "pages")
    assert refused.value.reason == "You did not let Stoa in."


def test_where_linkedin_lets_us_renew_the_day_of_signing_in_again_is_later(server: SmallLinkedIn) -> None:
    server.desk.renews = True
    opened = arrived(server, "pages")[0][1]
    assert (opened.fresh_until, opened.ends_at) == (datetime(2026, 4, 30, 12, tzinfo=UTC), None)
    assert CONNECTOR.refresh(over=Line(server, opened.credentials)).credentials["author"] == PAGE
    said_more = signing.oauth.Tokens(
        "a", "r", opened.fresh_until, None, {"expires_in": 5_184_000, "refresh_token_expires_in": 31_536_000}
    )
    assert signing.ends_of_renewing(said_more) == datetime(2027, 3, 1, 12, tzinfo=UTC)


def arrived(server: SmallLinkedIn, whom: str) -> Any:
    answers = {"whom": whom, "client": server.desk.client, "secret": server.desk.secret}
    leaving = CONNECTOR.leave(answers, back=BACK, state=STATE, verifier=VERIFIER, http=server)
    given = server.desk.consent(leaving.address)
    return CONNECTOR.arrive(leaving.kept, given, back=BACK, verifier=VERIFIER, http=server)


@pytest.mark.parametrize("page", ["", "porch", "../x", "9" * 30, "²"])
def test_what_is_no_number_of_a_page_is_refused_before_anything_is_asked(server: SmallLinkedIn, page: str) -> None:
    with pytest.raises(Refused):
        CONNECTOR.connect({"page": page, "token": TOKEN}, http=server)
    assert server.calls == []


def test_nobody_is_sent_there_without_an_application(server: SmallLinkedIn) -> None:
    for lacking in ({"client": "", "secret": "s"}, {"client": "c"}, {}):
        with pytest.raises(Refused) as refused:
            CONNECTOR.leave({"whom": "pages", **lacking}, back=BACK, state=STATE, verifier=VERIFIER, http=server)
        assert refused.value.mend == "Enter its client ID and its client secret."
