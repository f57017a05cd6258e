"""A link's code travels in the addresses of our own pages, so that whoever joins after reading on is counted for it."""

import pytest
from django.test import Client

from stoa.base.middleware import with_code
from stoa.people.tests.makers import make_person

pytestmark = pytest.mark.django_db


def test_a_visitor_who_came_by_a_link_carries_its_code_on() -> None:
    page = Client().get("/topics/?via=a6t0ydh5").content.decode()
    assert 'href="/join/?via=a6t0ydh5"' in page
    assert 'href="/join/"' not in page


def test_the_form_at_the_end_of_the_way_holds_the_code() -> None:
    page = Client().get("/join/?via=a6t0ydh5").content.decode()
    assert '<input type="hidden" name="via" value="a6t0ydh5"' in page


def test_nothing_is_stored_on_the_way() -> None:
    client = Client()
    client.get("/topics/?via=a6t0ydh5")
    assert not client.cookies


@pytest.mark.parametrize("code", ["", "a b", 'a"b', "x" * 41, "<i>"])
def test_what_is_no_code_is_not_carried(code: str) -> None:
    assert b'href="/join/"' in Client().get("/topics/", {"via": code}).content


def test_members_are_counted_by_account_and_carry_nothing() -> None:
    client = Client()
    client.force_login(make_person("Ada").account)  # type: ignore[arg-type]
    assert b"via=a6t0ydh5" not in client.get("/topics/?via=a6t0ydh5").content


@pytest.mark.parametrize(
    ("given", "carried"),
    [
        (b'<a href="/topics/">', b'<a href="/topics/?via=x">'),
        (b'<a class="a" href="/topics/?list=new#top">', b'<a class="a" href="/topics/?list=new&amp;via=x#top">'),
        (b'<a href="/join/?via=y">', b'<a href="/join/?via=y">'),
        (b'<a href="https://example.org/">', b'<a href="https://example.org/">'),
        (b'<a href="//example.org/">', b'<a href="//example.org/">'),
        (b'<a href="/files/1">', b'<a href="/files/1">'),
        (b'<a href="/l/y">', b'<a href="/l/y">'),
        (b'<a href="#main">', b'<a href="#main">'),
        (b'<link href="/static/a.css">', b'<link href="/static/a.css">'),
    ],
)
def test_only_addresses_of_ours_that_a_person_follows_carry_it(given: bytes, carried: bytes) -> None:
    assert with_code(given, b"via=x") == carried
