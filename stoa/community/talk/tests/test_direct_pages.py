"""The pages of direct messages: writing to somebody, the list, an exchange, a request, a group, who may write to one."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from stoa.base import clock, files
from stoa.base.actors import Actor
from stoa.community.talk.actions import begin_exchange, choose_who_writes, send_message
from stoa.community.talk.models import DirectMessage, DirectWish, Exchange, Participant
from stoa.community.talk.tests.makers import make_exchange
from stoa.community.talk.tests.penpals import begin, person
from stoa.people.actions.profile import block_person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
NEW = "/direct/new/"


@pytest.fixture(autouse=True)
def store(settings: Any) -> None:
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": memory}


@pytest.fixture(autouse=True)
def moments() -> Iterator[None]:
    with clock.moved(rate=20):
        yield


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(person(actor).account)
    return client


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_one_writes_to_somebody_from_their_page() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    client = browser(ada)
    assert f"{NEW}?to={person(bo).shown_id}" in read(client, person(bo).address)
    page = read(client, f"{NEW}?to={person(bo).shown_id}")
    assert "Write to Bo" in page
    assert "does not know you yet" in page
    sent = client.post(NEW, {"to": person(bo).shown_id, "source": "Hello Bo."})
    exchange = Exchange.objects.get()
    assert sent["Location"] == exchange.get_absolute_url()
    assert client.get(f"{NEW}?to={person(bo).shown_id}")["Location"] == exchange.get_absolute_url()
    waiting = read(client, exchange.get_absolute_url())
    assert "Bo has not answered yet" in waiting
    assert "<textarea" not in waiting


def test_nothing_typed_is_lost_while_people_are_looked_for() -> None:
    ada, bo, cy = make_actor("Ada"), make_actor("Bo Kanari"), make_actor("Cy Kanari")
    client, typed = browser(ada), {"source": "What I wrote & more", "to": [person(bo).shown_id]}
    found = client.post(NEW, {**typed, "q": "kanari", "find": "yes"}).content.decode()
    assert (found.count("Choose Cy Kanari"), found.count("Choose Bo Kanari")) == (1, 0)
    assert "What I wrote &amp; more" in found
    both = client.post(NEW, {**typed, "q": "kanari", "add": person(cy).shown_id}).content.decode()
    assert both.count('name="to"') == 2
    assert "Name of the group" in both
    one = client.post(NEW, {**typed, "to": [person(bo).shown_id, person(cy).shown_id], "take": person(bo).shown_id})
    assert one.content.decode().count('name="to"') == 1
    empty = client.post(NEW, {"to": [], "source": "Words."})
    assert empty.status_code == 422
    assert "Choose to whom you write." in empty.content.decode()
    assert "Words." in empty.content.decode()
    assert not Exchange.objects.exists()


def test_a_refusal_stands_in_the_form_with_what_was_typed() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    choose_who_writes("nobody", by=bo)
    answer = browser(ada).post(NEW, {"to": person(bo).shown_id, "source": "What I wrote."})
    assert answer.status_code == 422
    assert "Bo takes no direct messages at the moment." in answer.content.decode()
    assert "What I wrote." in answer.content.decode()


def test_a_request_shows_plain_words_nothing_to_follow_and_three_ways_to_answer() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = begin(ada, bo, source="See [this](https://example.org/x) and **that** <b>tag</b>")
    client = browser(bo)
    page = read(client, exchange.get_absolute_url())
    assert "See this and that &lt;b&gt;tag&lt;/b&gt;" in page
    assert "example.org" not in page
    assert all(word in page for word in ("Accept", "Decline", "Report"))
    assert "data-live" not in page
    assert "Request" in read(client, "/direct/")
    address = f"/direct/{exchange.shown_id}/consent/"
    assert client.post(address)["Location"] == exchange.get_absolute_url()
    accepted = read(client, exchange.get_absolute_url())
    assert 'href="https://example.org/x"' in accepted
    assert "<textarea" in accepted


def test_a_declined_request_is_gone_from_ones_pages() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = begin(ada, bo)
    client = browser(bo)
    client.post(f"/direct/{exchange.shown_id}/consent/", {"_method": "DELETE"})
    assert "No direct messages" in read(client, "/direct/")
    assert client.get(exchange.get_absolute_url()).status_code == 404
    assert client.get(f"{NEW}?to={person(ada).shown_id}").status_code == 200


def test_an_exchange_is_read_and_written_without_scripts() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = make_exchange(ada, bo, source="First.")
    client = browser(bo)
    page = read(client, exchange.get_absolute_url())
    assert page.index('id="new"') < page.index("First.")
    assert "1 new" in read(client, "/direct/")
    sent = client.post(f"/direct/{exchange.shown_id}/messages/", {"source": "Second."})
    message = DirectMessage.objects.get(source__startswith="Second")
    assert sent["Location"] == message.get_absolute_url()
    assert "1 new" not in read(client, "/direct/")
    assert client.post(f"/direct/{exchange.shown_id}/messages/", {"source": " "}).status_code == 422
    other = browser(ada)
    last = {"to": message.shown_id}
    assert other.post(f"/direct/{exchange.shown_id}/progress/", last).status_code == 303
    assert other.post(f"/direct/{exchange.shown_id}/progress/", {**last, "beacon": "1"}).status_code == 204
    assert Participant.objects.get(person=ada.own_id).read_to == message.id


def test_what_was_typed_is_kept_when_the_door_was_shut_meanwhile() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = make_exchange(ada, bo)
    client = browser(ada)
    block_person(person(ada), by=bo)
    answer = client.post(f"/direct/{exchange.shown_id}/messages/", {"source": "Long and dear."})
    assert answer.status_code == 409
    assert "Long and dear." in answer.content.decode()
    assert "Bo takes no direct messages at the moment." in answer.content.decode()


def test_a_long_exchange_is_read_page_by_page_and_one_jumps_to_what_is_new() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = make_exchange(ada, bo, source="Number 0.")
    for number in range(1, 120):
        send_message(exchange, source=f"Number {number}.", by=ada)
    client = browser(bo)
    seen: list[str] = []
    address = exchange.get_absolute_url()
    last = read(client, address)
    assert ("Number 119." in last, "Number 69." in last, "Jump to what is new (99+)" in last) == (True, False, True)
    first = read(client, f"{address}?after=0000000000000")
    assert ("Number 0." in first, "Number 50." in first, 'id="new"' in first) == (True, False, True)
    ids = list(exchange.messages.order_by("id").values_list("id", flat=True))
    middle = read(client, f"{address}?before={DirectMessage(id=ids[70]).shown_id}")
    seen = [number for number in range(120) if f"Number {number}." in middle]
    assert seen == list(range(20, 70))


def test_the_list_goes_on_where_it_stopped() -> None:
    ada = make_actor("Ada")
    for number in range(33):
        stranger = make_actor(f"Stranger {number}")
        begin_exchange([person(ada)], source="Hello.", by=stranger)
    client = browser(ada)
    first = read(client, "/direct/")
    assert first.count('class="row ') + first.count('class="row"') == 30
    assert "before=" in first


def test_a_group_is_tended_by_who_takes_part() -> None:
    ada, bo, cy, dee = (make_actor(name) for name in ("Ada", "Bo", "Cy", "Dee"))
    exchange = make_exchange(ada, bo, cy)
    client, place = browser(bo), f"/direct/{exchange.shown_id}"
    assert client.post(f"{place}/name/", {"name": "Zips"}).status_code == 303
    assert client.post(f"{place}/name/", {"name": "x" * 61}).status_code == 422
    found = client.post(f"{place}/people/", {"q": "dee", "find": "yes"}).content.decode()
    assert "Choose Dee" in found
    assert client.post(f"{place}/people/", {"to": person(dee).shown_id}).status_code == 303
    page = read(client, f"{place}/people/")
    assert ("Zips" in page, "has not answered yet" in page) == (True, True)
    assert client.post(f"{place}/place/", {"_method": "DELETE"})["Location"] == "/direct/"
    assert client.get(f"{place}/").status_code == 404
    assert browser(dee).get(f"{place}/people/").status_code == 404
    pair = make_exchange(ada, cy)
    assert browser(ada).get(f"/direct/{pair.shown_id}/people/").status_code == 404


def test_one_chooses_who_may_write() -> None:
    ada = make_actor("Ada")
    client = browser(ada)
    assert "Who may write to you" in read(client, "/direct/wish/")
    assert client.post("/direct/wish/", {"who": "nobody"}).status_code == 303
    assert DirectWish.objects.get().who == "nobody"
    assert client.post("/direct/wish/", {"who": "my dog"}).status_code == 422
    assert DirectWish.objects.get().who == "nobody"


def test_an_exchange_exists_for_nobody_else_the_owner_included() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    make_exchange(ada, bo)
    exchange, message = Exchange.objects.get(), DirectMessage.objects.get()
    for role in ("owner", "moderator", "community_manager", "operator"):
        client = browser(make_staff(role))
        assert client.get(exchange.get_absolute_url()).status_code == 404
        for address in ("messages", "progress", "consent", "name"):
            assert (
                client.post(f"/direct/{exchange.shown_id}/{address}/", {"source": "x", "name": "x"}).status_code == 404
            )
        gone = client.post(f"/direct/messages/{message.shown_id}/presence/", {"_method": "DELETE"})
        assert gone.status_code == 404
        report = client.get(f"/reports/talk.direct_message/{message.shown_id}/")
        assert report.status_code == 404
    assert DirectMessage.objects.get().is_here


def test_a_picture_is_fetched_by_who_takes_part_alone() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = make_exchange(ada, bo)
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    picture = files.keep_picture(drawn, by=ada, alt="A zip")
    send_message(exchange, source=f"![A zip]({picture.address})", by=ada)
    shown = browser(bo).get(picture.address)
    assert shown.status_code == 200
    assert b"".join(shown.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]
    for other in (browser(make_staff("owner")), browser(make_actor("Cy")), Client()):
        assert other.get(picture.address).status_code == 404


def test_a_request_takes_no_pictures() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    drawn.seek(0)
    picture = files.keep_picture(drawn, by=ada, alt="A zip")
    answer = browser(ada).post(NEW, {"to": person(bo).shown_id, "source": f"![A zip]({picture.address})"})
    assert answer.status_code == 422
    assert "it can hold no pictures" in answer.content.decode()
    assert not Exchange.objects.exists()


def test_the_pages_ask_no_more_when_there_is_more() -> None:
    ada, bo = make_actor("Ada"), make_actor("Bo")
    exchange = make_exchange(ada, bo)
    client = browser(ada)

    def queries(address: str) -> int:
        read(client, address)
        with CaptureQueriesContext(connection) as asked:
            read(client, address)
        return len(asked)

    addresses = ("/direct/", exchange.get_absolute_url())
    before = [queries(each) for each in addresses]
    for number in range(20):
        send_message(exchange, source=f"Number {number}.", by=bo)
        begin(make_actor(f"Stranger {number}"), ada)
    assert [queries(each) for each in addresses] == before
    assert before[0] <= 9
    assert before[1] <= 11
