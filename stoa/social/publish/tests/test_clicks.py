"""Clicks are counted once per visitor and hour, without a cookie; previews and programs apart; salts are destroyed."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import VISITOR, system
from stoa.base.errors import Invalid
from stoa.people.tests.makers import make_actor
from stoa.social.publish import visits
from stoa.social.publish.actions import mint_link
from stoa.social.publish.actions.clicks import Visit, count_visit, destroy_salts
from stoa.social.publish.models import Click, ClickDay, Salt
from stoa.social.publish.tests.makers import START

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def visit(**changes: str) -> Visit:
    given = {"method": "GET", "mode": "navigate", "purpose": "", "agent": FIREFOX, "address": "198.51.100.7"}
    return Visit(**{**given, **changes})


def test_a_visitor_counts_once_an_hour() -> None:
    with clock.pinned(START):
        link = mint_link("/join/", by=system("test"))
        for _again in range(3):
            count_visit(link, visit(), by=VISITOR)
        count_visit(link, visit(address="203.0.113.9"), by=VISITOR)
        count_visit(link, visit(agent="Mozilla/5.0 (iPhone) Safari/605"), by=VISITOR)
    with clock.pinned(START + timedelta(hours=1)):
        count_visit(link, visit(), by=VISITOR)
    assert ClickDay.objects.get().clicks == Click.objects.count() == 4


def test_visitors_of_one_network_address_block_and_browser_are_one() -> None:
    link = mint_link("/join/", by=system("test"))
    with clock.pinned(START):
        count_visit(link, visit(address="198.51.100.7"), by=VISITOR)
        count_visit(link, visit(address="198.51.100.250"), by=VISITOR)
    assert Click.objects.count() == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": "no-cors"}, {"mode": ""}, {"purpose": "prefetch"}, {"agent": ""}, {"method": "HEAD"},
        {"agent": "Mastodon/4.3 (http.rb/5.2; +https://a.example/) Bot"}, {"agent": "facebookexternalhit/1.1"},
        {"agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"}, {"agent": "curl/8.5"},
    ],
)  # fmt: skip
def test_previews_and_programs_are_counted_apart(changes: dict[str, str]) -> None:
    link = mint_link("/join/", by=system("test"))
    count_visit(link, visit(**changes), by=VISITOR)
    assert (ClickDay.objects.get().clicks, ClickDay.objects.get().previews, Click.objects.count()) == (0, 1, 0)


def test_salts_live_for_two_days() -> None:
    link = mint_link("/join/", by=system("test"))
    with clock.pinned(START):
        count_visit(link, visit(), by=VISITOR)
    with clock.pinned(START + timedelta(hours=47)):
        destroy_salts()
        assert Salt.objects.count() == 1
    with clock.pinned(START + timedelta(hours=49)):
        destroy_salts()
        assert Salt.objects.count() == 0


@pytest.mark.parametrize(
    "target",
    ["", "join", "//evil.example", "/\\evil.example", "javascript:alert(1)", "https://", "https://user@evil.example/",
     "https://a.example/ b", "/a\nb", "ftp://a.example/", "http:///x", "\thttps://a.example\x00"],
)  # fmt: skip
def test_a_link_leads_to_a_page_here_or_to_a_named_address(target: str) -> None:
    with pytest.raises(Invalid):
        mint_link(target, by=system("test"))


@pytest.fixture
def told() -> Iterator[list[tuple[str, int | None]]]:
    """Whom a plug of the socket is told of."""
    heard: list[tuple[str, int | None]] = []
    visits.visited("test.visits")(lambda link, by: heard.append((link.code, by.person_id)))
    yield heard
    visits._keepers.pop("test.visits")


def test_of_a_person_whom_we_know_a_click_is_told(told: list[tuple[str, int | None]]) -> None:
    link, ada = mint_link("/join/", by=system("test")), make_actor("Ada")
    count_visit(link, visit(), by=ada)
    assert told == [(link.code, ada.person_id)]


def test_a_visitor_is_never_told_of(told: list[tuple[str, int | None]]) -> None:
    count_visit(mint_link("/join/", by=system("test")), visit(), by=VISITOR)
    assert (told, Click.objects.count()) == ([], 1)


@pytest.mark.parametrize("changes", [{"method": "HEAD"}, {"purpose": "prefetch"}, {"mode": "no-cors"}])
def test_what_a_browser_fetches_by_itself_is_no_click_of_its_owner(
    told: list[tuple[str, int | None]], changes: dict[str, str]
) -> None:
    count_visit(mint_link("/join/", by=system("test")), visit(**changes), by=make_actor("Ada"))
    assert told == []
