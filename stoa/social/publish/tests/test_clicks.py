"""Clicks are counted once per visitor and hour, without a cookie; previews and programs apart; salts are destroyed."""

from datetime import timedelta

import pytest

from stoa.base import clock
from stoa.base.actors import system
from stoa.base.errors import Invalid
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
            count_visit(link, visit())
        count_visit(link, visit(address="203.0.113.9"))
        count_visit(link, visit(agent="Mozilla/5.0 (iPhone) Safari/605"))
    with clock.pinned(START + timedelta(hours=1)):
        count_visit(link, visit())
    assert ClickDay.objects.get().clicks == Click.objects.count() == 4


def test_visitors_of_one_network_address_block_and_browser_are_one() -> None:
    link = mint_link("/join/", by=system("test"))
    with clock.pinned(START):
        count_visit(link, visit(address="198.51.100.7"))
        count_visit(link, visit(address="198.51.100.250"))
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
    count_visit(link, visit(**changes))
    assert (ClickDay.objects.get().clicks, ClickDay.objects.get().previews, Click.objects.count()) == (0, 1, 0)


def test_salts_live_for_two_days() -> None:
    link = mint_link("/join/", by=system("test"))
    with clock.pinned(START):
        count_visit(link, visit())
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
