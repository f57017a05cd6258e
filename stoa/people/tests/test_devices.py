"""Devices: added by a press, one's own, told as due rows; what is shown there is asked when it is sent, and closed spaces stay unsaid."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from django.test import Client

from stoa.base import clock, push
from stoa.base.http import Answer, Forbidden, NoAnswer
from stoa.base.push import Endpoint, Wish
from stoa.base.tests.test_push import AUTH, BROWSER
from stoa.base.things import Card
from stoa.base.work.drain import drain
from stoa.people import notices
from stoa.people.actions.devices import add_device
from stoa.people.actions.leaving import erase_person, export_own
from stoa.people.actions.notice import keep_quiet, read_all, tell
from stoa.people.actions.pushing import content_of, said
from stoa.people.actions.wishes import wish
from stoa.people.models import Block, Device, Notice, Person, Push
from stoa.people.notices import NoticeKind
from stoa.people.tests.makers import actor_of, make_person, make_session
from stoa.people.tests.test_pages import signed_in

pytestmark = pytest.mark.django_db
KIND = "test.push"
NIGHT = datetime(2026, 3, 10, 23, tzinfo=UTC)


class Service:
    """A push service: what it was sent, and what it answers."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, dict[str, str], Wish]] = []
        self.status, self.after = 201, ""
        self.trouble: Exception | None = None

    def send(self, to: Endpoint, content: bytes, wish: Wish) -> Answer:
        if self.trouble:
            raise self.trouble
        self.sent.append((to.address, json.loads(content), wish))
        return Answer(self.status, {"retry-after": self.after}, b"", to.address)


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()
    monkeypatch.setattr(push, "send", made.send)
    return made


@pytest.fixture(autouse=True)
def kind() -> Iterator[NoticeKind]:
    sentence = lambda count, name, card: f"{name} met {card.title}"  # noqa: E731
    made = NoticeKind(KIND, lambda: "Meetings", sentence, lambda: "Say hello.", push="at_once")
    notices.register(made)
    yield made
    notices._kinds.pop(KIND)


def device_of(person: Person, number: int = 1, session: str = "") -> Device:
    keys = (f"https://push.example/{number}", BROWSER, AUTH)
    return add_device("Phone", *keys, session=session or make_session(person), by=actor_of(person))


def meet(person: Person, whom: Person) -> None:
    tell([person.id], KIND, ("people.person", whom.id), by=actor_of(whom))


def test_each_device_of_who_wishes_it_is_told_once(service: Service) -> None:
    ada, bo, cy = make_person("Ada"), make_person("Bo"), make_person("Cy")
    device_of(ada), device_of(ada, 2), device_of(cy, 3)
    wish(KIND, "push", "never", by=actor_of(cy))
    for person in (ada, ada, cy):
        meet(person, bo)
    drain()
    told = {"title": "Bo met Bo", "body": "Say hello.", "to": bo.address, "tag": service.sent[0][1]["tag"]}
    assert sorted((to, str(words)) for to, words, _wish in service.sent) == [
        (f"https://push.example/{number}", str(told)) for number in (1, 2)
    ]
    assert len({told["tag"], *(wished.topic for _to, _words, wished in service.sent)}) == 3
    assert (service.sent[0][2].seconds, service.sent[0][2].urgency, len(service.sent[0][2].topic)) == (
        86_400,
        "normal",
        32,
    )
    assert (Push.objects.count(), Device.objects.filter(told_at=None).count()) == (0, 1)


def test_what_was_read_blocked_or_is_not_seen_any_more_is_not_told(service: Service) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    device_of(ada)
    meet(ada, bo)
    row = Push.objects.get()
    assert content_of(row, actor_of(ada)) is not None
    Block.objects.create(person=ada, other=bo)
    assert content_of(row, actor_of(ada)) is None
    Block.objects.all().delete()
    Person.objects.filter(id=bo.id).update(standing="pending")
    assert content_of(row, actor_of(ada)) is None
    Person.objects.filter(id=bo.id).update(standing="member")
    read_all(by=actor_of(ada))
    drain()
    assert (service.sent, Push.objects.count()) == ([], 0)


def test_a_closed_space_is_told_without_a_word_of_it(kind: NoticeKind) -> None:
    notice = Notice(kind=KIND, thing_key="talk.topic", thing_id=1, count=1)
    card = Card("What only we know", "/topics/1-what-only-we-know/", "Topic", "Secret words")
    told = json.loads(said(kind, notice, card))
    assert (told["title"], told["body"], told["to"]) == ("Meetings", "Say hello.", "/notices/")
    work = replace(kind, gets=notices.who_holds("x"))
    assert json.loads(said(work, notice, card))["title"] == "Meetings"
    assert "only we know" not in said(work, notice, card).decode()
    assert json.loads(said(kind, notice, replace(card, is_open=True)))["title"] == " met What only we know"


def test_quiet_hours_hold_what_can_wait_and_what_cannot_comes_at_once(
    service: Service, kind: NoticeKind, monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    device_of(ada)
    keep_quiet(time(22), time(7), by=actor_of(ada))
    with clock.pinned(NIGHT):
        meet(ada, bo)
        drain()
        assert service.sent == []
    assert Push.objects.get().due_at == datetime(2026, 3, 11, 7, tzinfo=UTC)
    with clock.pinned(datetime(2026, 3, 11, 7, tzinfo=UTC)):
        drain()
        assert len(service.sent) == 1
    monkeypatch.setitem(notices._kinds, KIND, replace(kind, waits=False))
    with clock.pinned(NIGHT + timedelta(days=1)):
        meet(ada, make_person("Cy"))
        drain()
    assert (len(service.sent), service.sent[1][2].urgency) == (2, "high")


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(service: Service, status: int) -> None:
    ada = make_person("Ada")
    device_of(ada)
    service.status = status
    meet(ada, make_person("Bo"))
    drain()
    assert (Device.objects.count(), Push.objects.count()) == (0, 0)


@pytest.mark.parametrize(("status", "after", "pause"), [(429, "120", 120), (503, "", 120), (500, "99999999", 21_600)])
def test_a_service_that_is_busy_is_asked_again_when_it_says(
    service: Service, status: int, after: str, pause: int
) -> None:
    ada = make_person("Ada")
    device_of(ada)
    service.status, service.after = status, after
    with clock.pinned(NIGHT):
        meet(ada, make_person("Bo"))
        drain()
        assert Push.objects.get().due_at == NIGHT + timedelta(seconds=pause)
        Push.objects.update(tries=20, due_at=NIGHT)
        drain()
    assert (Push.objects.count(), Device.objects.get().trouble) == (0, f"push.example: {status}")


def test_what_a_service_refuses_is_said_beside_the_device_and_a_lost_line_is_tried_again(service: Service) -> None:
    ada = make_person("Ada")
    device_of(ada)
    service.status = 403
    meet(ada, make_person("Bo"))
    drain()
    assert (Push.objects.count(), Device.objects.get().trouble) == (0, "push.example: 403")
    service.trouble = NoAnswer("away")
    meet(ada, make_person("Cy"))
    drain()
    assert Push.objects.get().trouble.startswith("NoAnswer")


def test_a_service_inside_the_house_is_never_called(service: Service) -> None:
    ada = make_person("Ada")
    device_of(ada)
    service.trouble = Forbidden("not of the public internet")
    meet(ada, make_person("Bo"))
    drain()
    assert Device.objects.count() == 0


FORM = {"endpoint": "https://push.example/9", "p256dh": BROWSER, "auth": AUTH, "name": "Firefox, Linux"}


def test_a_device_is_added_named_and_removed_on_the_page_and_is_nobody_elses() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    client = signed_in(ada)
    assert "On devices" not in client.get("/notices/wishes/").content.decode()
    assert client.post("/notices/devices/", FORM).status_code == 303
    device = Device.objects.get()
    page = client.get("/notices/wishes/").content.decode()
    assert 'value="Firefox, Linux"' in page
    assert "On devices" in page
    path = f"/notices/devices/{device.shown_id}/"
    assert signed_in(bo).post(path, {"name": "Mine"}).status_code == 404
    assert signed_in(bo).post(path, {"_method": "DELETE"}).status_code == 404
    assert client.post(path, {"name": " "}).status_code == 422
    assert client.post(path, {"name": "Laptop"}).status_code == 303
    assert Device.objects.get().name == "Laptop"
    client.post("/notices/devices/", {**FORM, "name": "Again"})
    assert Device.objects.get().name == "Laptop"
    assert client.post(path, {"_method": "DELETE"}).status_code == 303
    assert Device.objects.count() == 0


def test_a_browser_that_told_somebody_else_is_theirs_no_more() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    device_of(ada), device_of(bo)
    assert list(Device.objects.values_list("person_id", flat=True)) == [bo.id]


def test_a_device_that_cannot_be_and_an_eleventh_are_refused() -> None:
    client = signed_in(ada := make_person("Ada"))
    assert client.post("/notices/devices/", {**FORM, "endpoint": "http://127.0.0.1/"}).status_code == 422
    for number in range(10, 20):
        device_of(ada, number)
    assert client.post("/notices/devices/", FORM).status_code == 409
    assert Device.objects.count() == 10
    assert Client().post("/notices/devices/", FORM).status_code in (302, 403)


def test_devices_are_exported_and_go_with_their_person() -> None:
    ada = make_person("Ada")
    device_of(ada)
    assert [each["service"] for each in export_own(ada)["devices"]] == ["push.example"]
    erase_person(ada, by=actor_of(ada))
    assert Device.objects.count() == 0


def test_the_service_worker_stands_at_the_root_and_keeps_no_page() -> None:
    answer = Client().get("/push-worker.js")
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (
        200, "text/javascript; charset=utf-8", "no-cache",
    )  # fmt: skip
    text = answer.content.decode()
    assert '"fetch"' not in text
    assert "caches" not in text
