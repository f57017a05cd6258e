"""Links of a profile: what may stand there, and how the page behind one proves that it is of the same person; hostile pages too."""

import gzip
import time
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed, NotPossible, TooMany
from stoa.base.http import GuardedClient
from stoa.base.models import FactRow
from stoa.base.tests.test_http import Listener, listener
from stoa.people.actions import links as acts
from stoa.people.actions.leaving import erase_person, export_own
from stoa.people.actions.links import add_link, ask_for_proof, found_at, look_for_proof, take_link_away
from stoa.people.models import Person, ProfileLink
from stoa.people.rel_me import links_back, me_links
from stoa.people.tests.makers import actor_of, make_person

__all__ = ["listener"]
pytestmark = pytest.mark.django_db
HOME = "https://stoa.example"


@pytest.fixture
def site(listener: Listener, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Listener:
    """A site of our own making, which the guarded client may call."""
    settings.STOA_URL = HOME
    settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{listener.port}"]
    monkeypatch.setattr(acts, "outside", lambda: GuardedClient(trusted=True, largest=20_000, seconds=2))
    return listener


def page(body: str, kind: str = "text/html; charset=utf-8") -> bytes:
    content = body.encode()
    return f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n\r\n".encode() + content


def moved(to: str) -> bytes:
    return f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode()


def back(person: Person) -> str:
    return f'<p>Hello</p><a class="x" rel="me noopener" href="{HOME}/people/{person.shown_id}-any-name/">Stoa</a>'


def checked(link: ProfileLink) -> ProfileLink:
    ProfileLink.objects.filter(id=link.id).update(fence=1)
    look_for_proof(link.id, 1)
    return ProfileLink.objects.get(id=link.id)


def link_of(person: Person, site: Listener, path: str = "/me") -> ProfileLink:
    return ProfileLink.objects.create(person=person, address=f"http://127.0.0.1:{site.port}{path}", due_at=clock.now())


def test_a_page_that_links_back_proves_the_link(site: Listener) -> None:
    ada = make_person("Ada")
    site.answers = [page(back(ada))]
    link = checked(link_of(ada, site))
    assert (link.proven_at == link.checked_at, link.failures, link.said) == (True, 0, "")
    assert link.due_at == link.checked_at + timedelta(days=30)  # type: ignore[operator]
    assert FactRow.objects.get(name="people.link_proven").content == {"person": ada.id, "link": link.id}


@pytest.mark.parametrize(
    "body",
    [
        "<p>Nothing here.</p>",
        '<a href="{home}/people/{id}/">without rel</a>',
        '<a rel="mention" href="{home}/people/{id}/">another rel</a>',
        '<a rel="me" href="https://evil.example/people/{id}/">another place</a>',
        '<a rel="me" href="{home}.evil.example/people/{id}/">a place that begins like ours</a>',
        '<a rel="me" href="{home}/people/0000000000000/">somebody else</a>',
        '<!-- <a rel="me" href="{home}/people/{id}/">in a comment</a> -->',
        '<script>var x = \'<a rel="me" href="{home}/people/{id}/">\'</script>',
        '<textarea><a rel="me" href="{home}/people/{id}/"></textarea>',
        '<!-- never closed <a rel="me" href="{home}/people/{id}/">',
        '<a href="x" rel="me" href="{home}/people/{id}/">the second of two</a>',
    ],
)
def test_what_proves_nothing(site: Listener, body: str) -> None:
    ada = make_person("Ada")
    site.answers = [page(body.format(home=HOME, id=ada.shown_id))]
    link = checked(link_of(ada, site))
    assert (link.proven_at, link.said, link.failures) == (None, "no_link", 1)


def test_an_address_that_leads_to_another_site_proves_nothing_however_that_links_back(site: Listener) -> None:
    ada, other = make_person("Ada"), Listener()
    try:
        import django.conf

        django.conf.settings.STOA_TRUSTED_PEERS = [f"127.0.0.1:{site.port}", f"127.0.0.2:{other.port}"]
        site.answers, other.answers = [moved(f"http://127.0.0.2:{other.port}/")], [page(back(ada))]
        assert found_at(f"http://127.0.0.1:{site.port}/out", ada.shown_id) == "elsewhere"
    finally:
        other.close()


def test_an_address_inside_our_network_is_never_called(listener: Listener) -> None:
    assert found_at(f"http://127.0.0.1:{listener.port}/", "0000000000000") == "no_answer"
    assert listener.met == []


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (page("x" * 30_000), "no_answer"),
        (b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"x" * 9_000_000), "no_answer"),
        (page("hi", kind="application/pdf"), "no_page"),
        (b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n", "no_page"),
        (b"not http at all", "no_answer"),
        (page("\x00\xff<a rel=me href=http://[::1>"), "no_link"),
    ],
)  # fmt: skip
def test_what_strange_servers_answer(site: Listener, answer: bytes, said: str) -> None:
    site.answers = [answer]
    assert found_at(f"http://127.0.0.1:{site.port}/", "0000000000000") == said


def test_a_circle_of_redirects_ends(site: Listener) -> None:
    site.answers = [moved("/again")] * 9
    assert found_at(f"http://127.0.0.1:{site.port}/", "0000000000000") == "no_page"
    assert len(site.met) == 4


@pytest.mark.parametrize(
    "part",
    ["<!--", "<a ", "<script>", "<a rel=me href=", "&#", "<a rel='", "</", "<a " + "x=" * 900, "<a rel=me href=x>"],
)
def test_reading_a_hostile_page_takes_little_time(part: str) -> None:
    hostile = (part * (1_000_000 // len(part)))[:1_000_000]
    began = time.process_time()
    list(me_links(hostile))
    assert time.process_time() - began < 5


def test_a_name_that_changed_still_leads_here() -> None:
    same = f'<link href="{HOME}/people/0123456789abc-old-name/" REL="Me">'
    assert links_back(same, HOME, "0123456789abc")
    assert links_back(f"<a rel=me href={HOME}/people/0123456789abc>", HOME, "0123456789abc")
    assert not links_back(same, "https://other.example", "0123456789abc")


def test_proof_goes_when_it_is_missing_twice_in_a_row_and_not_before(site: Listener) -> None:
    ada = make_person("Ada")
    site.answers = [page(back(ada)), page("gone"), page(back(ada)), page("gone"), page("gone")]
    link = link_of(ada, site)
    proven = [checked(link).proven_at is not None for _number in range(5)]
    assert proven == [True, True, True, True, False]
    assert [row.name for row in FactRow.objects.filter(name__startswith="people.link").order_by("at", "id")] == [
        "people.link_proven", "people.link_proof_lost",
    ]  # fmt: skip


def test_what_was_never_proven_is_looked_for_three_times(site: Listener) -> None:
    link = link_of(make_person("Ada"), site)
    site.answers = [page("nothing")] * 3
    waits = [
        (found.due_at - found.checked_at).days if found.due_at else None for found in (checked(link) for _ in range(3))
    ]  # type: ignore[operator]
    assert waits == [1, 7, None]


@pytest.mark.parametrize(
    "typed", ["", "nowhere", "javascript://a.b/%0aalert(1)", "https://a:b@c.example/", "ftp://a.example", "https://a b.example", "https://stoa.example/me"],
)  # fmt: skip
def test_what_is_no_address_is_refused_beside_the_field(typed: str, settings: Any) -> None:
    settings.STOA_URL = HOME
    ada = make_person("Ada")
    with pytest.raises(Invalid) as refused:
        add_link(typed, by=actor_of(ada))
    assert refused.value.field == "address"
    assert ProfileLink.objects.count() == 0


def test_five_links_at_most_each_once_and_none_of_somebody_new() -> None:
    ada = actor_of(make_person("Ada"))
    assert add_link("one.example", by=ada).address == "https://one.example"
    with pytest.raises(Invalid):
        add_link("https://one.example", by=ada)
    for number in range(4):
        add_link(f"https://more{number}.example", by=ada)
    with pytest.raises(NotPossible):
        add_link("https://six.example", by=ada)
    with pytest.raises(NotAllowed):
        add_link("https://new.example", by=actor_of(make_person("New", level=0)))
    assert ProfileLink.objects.count() == 5


def test_nobody_changes_the_links_of_others_and_asking_has_a_limit() -> None:
    ada, ben = actor_of(make_person("Ada")), actor_of(make_person("Ben"))
    link = add_link("https://one.example", by=ada)
    with pytest.raises(NotAllowed):
        take_link_away(link, by=ben)
    with pytest.raises(NotAllowed):
        ask_for_proof(link, by=ben)
    for _number in range(10):
        ask_for_proof(link, by=ada)
    with pytest.raises(TooMany):
        ask_for_proof(link, by=ada)
    assert ProfileLink.objects.count() == 1


def test_the_profile_shows_links_with_rel_me_and_a_tick_where_proven() -> None:
    ada, client = make_person("Ada", shown_to="everyone"), Client()
    ProfileLink.objects.create(person=ada, address="https://one.example/", proven_at=clock.now())
    ProfileLink.objects.create(person=ada, address="https://two.example/")
    said = client.get(ada.address).content.decode()
    assert said.count('rel="me nofollow ugc noopener"') == 2
    assert said.count("proven on") == 1
    client.force_login(ada.account)
    mine = client.get("/profile/links/").content.decode()
    assert f"/people/{ada.shown_id}-ada/" in mine
    refused = client.post("/profile/links/", {"address": "not an address"})
    assert (refused.status_code, "not an address" in refused.content.decode()) == (422, True)


def test_links_are_given_and_taken_with_the_person() -> None:
    ada = make_person("Ada")
    add_link("https://one.example", by=actor_of(ada))
    assert export_own(ada)["links"][0]["address"] == "https://one.example"
    erase_person(ada, by=actor_of(ada))
    assert ProfileLink.objects.count() == 0
