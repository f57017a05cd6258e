"""The tests of `conformance` for how an account is opened by signing in, and for what may befall it at the network."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from stoa.social.networks.conforming import (
    PICTURE,
    VIDEO,
    Tried,
    every_connector,
    every_one_spoken_to,
    every_one_that,
    post,
)
from stoa.social.networks.conforming import tried as tried  # pytest finds the fixture by its name here
from stoa.social.networks.oauth import challenge
from stoa.social.networks.protocol import (
    MEANS,
    Connector,
    Gone,
    Identifies,
    Leaving,
    Line,
    Outgoing,
    Published,
    Reconnect,
    Refused,
    Revokes,
    Signs,
    Tells,
)
from stoa.social.networks.registry import connectors
from stoa.social.networks.rehearsing import RENAMED, Rehearsal, rehearsal_of
from stoa.social.networks.telling import kept

BACK = "https://stoa.example/desk/channels/sign-in/return"
STATE, VERIFIER = "a-state-that-nobody-guesses-0123456789", "a-verifier-of-enough-characters-0123456789-abcd"
signing = {key: each for key, each in connectors().items() if isinstance(each, Signs)}
every_one_that_signs = pytest.mark.parametrize("connector", signing.values(), ids=list(signing))


@dataclass(frozen=True)
class Visit:
    """One sign-in at a rehearsed network, as far as it came."""

    does: Any
    rehearsal: Rehearsal
    leaving: Leaving

    @classmethod
    def begun(cls, connector: Any, rehearsal: Rehearsal) -> Visit:
        known = {each.name: rehearsal.answers.get(each.name, each.default) for each in connector.asks}
        leaving = connector.leave(known, back=BACK, state=STATE, verifier=VERIFIER, http=rehearsal.http)
        return cls(connector, rehearsal, leaving)

    def consent(self) -> dict[str, str]:
        assert self.rehearsal.consent, "a connector that signs in has a rehearsal that plays the sign-in page"
        return self.rehearsal.consent(self.leaving.address)

    def arrive(self, given: dict[str, str], verifier: str = VERIFIER) -> Any:
        http = self.rehearsal.http
        return self.does.arrive(self.leaving.kept, given, back=BACK, verifier=verifier, http=http)


@every_connector
def test_each_scope_has_a_reason_and_each_means_is_whole(connector: Connector) -> None:
    scopes = connector.scopes if isinstance(connector, Signs) else ()
    assert all(scope.name and scope.why for scope in scopes)
    assert len({scope.name for scope in scopes}) == len(scopes)
    assert isinstance(getattr(connector, "review", ""), str)
    assert {each.__name__ for each in MEANS} >= {"Signs", "Tells"}


@every_one_that_signs
def test_a_sign_in_opens_an_account_that_can_publish(connector: Any) -> None:
    with rehearsal_of(connector) as rehearsal:
        visit = Visit.begun(connector, rehearsal)
        query = {name: values[0] for name, values in parse_qs(urlsplit(visit.leaving.address).query).items()}
        assert (query["state"], query["redirect_uri"]) == (STATE, BACK)
        assert (query["code_challenge"], query["code_challenge_method"]) == (challenge(VERIFIER), "S256")
        assert VERIFIER not in visit.leaving.address
        opened = visit.arrive(visit.consent())
        account, granted = opened[0]
        made = connector.publish(needed(connector), over=Line(rehearsal.http, granted.credentials))
        assert account.id
        assert isinstance(made, Published)
        shown = repr(visit.leaving) + repr(granted)
        secrets = [each for each in granted.credentials.values() if len(each) > 20 and not each.startswith("http")]
        assert not [each for each in secrets if each in shown]


@every_one_that_signs
def test_a_code_counts_once_and_only_with_its_verifier(connector: Any) -> None:
    with rehearsal_of(connector) as rehearsal:
        visit = Visit.begun(connector, rehearsal)
        given = visit.consent()
        with pytest.raises(Refused) as wrong:
            visit.arrive(given, verifier="another-verifier-of-enough-characters-0123456789")
        assert wrong.value.mend
        given = visit.consent()
        visit.arrive(given)
        with pytest.raises(Refused):
            visit.arrive(given)
        with pytest.raises(Refused):
            visit.arrive({})


@every_one_that_signs
def test_an_application_that_is_known_is_used_again(connector: Any) -> None:
    with rehearsal_of(connector) as rehearsal:
        first = Visit.begun(connector, rehearsal)
        known = {each.name: rehearsal.answers.get(each.name, each.default) for each in connector.asks} | dict(
            first.leaving.app
        )
        again = connector.leave(known, back=BACK, state=STATE, verifier=VERIFIER, http=rehearsal.http)
        assert again.app == first.leaving.app


@every_one_that(Revokes)
def test_what_was_given_back_opens_nothing(connector: Any) -> None:
    with rehearsal_of(connector) as rehearsal:
        visit = Visit.begun(connector, rehearsal)
        line = Line(rehearsal.http, visit.arrive(visit.consent())[0][1].credentials)
        connector.revoke(over=line)
        with pytest.raises(Reconnect):
            connector.publish(needed(connector), over=line)


@every_one_that(Identifies)
def test_a_renamed_account_is_the_same_account(tried: Tried) -> None:
    befall(tried, "renamed")
    now = tried.does.identify(over=tried.line)
    assert now.id == tried.account.id
    assert RENAMED in f"{now.handle} {now.name}".lower()


@every_one_that(Identifies)
@pytest.mark.parametrize("what", ["locked", "deleted"])
def test_a_locked_or_deleted_account_says_so(tried: Tried, what: str) -> None:
    befall(tried, what)
    with pytest.raises((Reconnect, Refused, Gone)) as found:
        tried.does.identify(over=tried.line)
    assert found.value.reason
    with pytest.raises((Reconnect, Refused, Gone)):
        tried.publish(tried.post())
    assert tried.rehearsal.count() == 0


@every_one_spoken_to
def test_a_revoked_account_asks_to_reconnect_also_when_renewed(tried: Tried) -> None:
    if tried.rehearsal.befall is None:
        pytest.skip("this network's rehearsal takes nothing back")
    befall(tried, "revoked")
    for asked in (lambda: tried.does.refresh(over=tried.line), lambda: tried.publish(tried.post())):
        with pytest.raises(Reconnect):
            asked()
    assert tried.rehearsal.count() == 0


@every_one_that(Tells)
def test_what_it_tells_of_its_limits_is_believable(tried: Tried) -> None:
    told = tried.does.tell(over=tried.line)
    assert told.address.startswith("http")
    assert kept(told)


def needed(connector: Any) -> Outgoing:
    """A post with what none there goes without."""
    needs = connector.rules.needs
    pictures = (PICTURE,) if needs.startswith("picture") else ()
    return replace(post(), pictures=pictures, video=VIDEO if needs == "video" else None)


def befall(tried: Tried, what: str) -> None:
    assert tried.rehearsal.befall, (
        "a connector that identifies has a rehearsal in which accounts are renamed, locked and deleted"
    )
    tried.rehearsal.befall(what)
