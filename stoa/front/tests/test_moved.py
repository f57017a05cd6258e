"""Old addresses lead on, for those who may see what they lead to; and for everybody else to nothing."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stoa.base import actors, ids
from stoa.community.talk.models import Reply, Topic
from stoa.front.actions import moving_in
from stoa.front.models import Import, Moved
from stoa.front.tests import archives
from stoa.front.tests.archives import Size
from stoa.people.models import Person
from stoa.people.tests.makers import make_person
from stoa.spaces.models import Space

pytestmark = pytest.mark.django_db
FRONT = actors.system("front")


@pytest.fixture(autouse=True)
def brought(settings: Any, tmp_path: Path) -> Import:
    settings.STOA_DATA = tmp_path / "data"
    row = moving_in.read_archive("discourse", archives.discourse(tmp_path, Size()), by=FRONT)
    moving_in.confirm_import(row, {each["key"]: each for each in row.mapping}, by=FRONT)
    assert moving_in.carry_on_here(row, lambda _row: None)
    return row


def leads(path: str, client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    return str(answer.headers.get("Location", answer.status_code))


def old_of(thing: Topic | Reply) -> str:
    return Moved.objects.get(kind="message", thing_id=thing.id).old


def test_topics_and_posts_are_found_by_their_old_addresses() -> None:
    topic = Topic.objects.filter(space__visibility="public", replies_count__gt=3)[0]
    reply = topic.replies.order_by("id")[2]
    number = old_of(topic).split("/")[0]
    assert leads(f"/t/some-slug/{number}") == topic.get_absolute_url()
    assert leads(f"/t/{number}/1?page=2") == topic.get_absolute_url()
    assert leads(f"/t/x/{old_of(reply)}") == f"/replies/{reply.shown_id}/"
    assert leads(f"/p/{Moved.objects.get(thing_id=reply.id).also[1:]}") == f"/replies/{reply.shown_id}/"
    assert leads("/t/x/999999") == "404"


def test_what_may_not_be_seen_is_not_found_like_what_never_was() -> None:
    closed = Topic.objects.filter(space__visibility="private")[0]
    number = old_of(closed).split("/")[0]
    refused, missing = Client().get(f"/t/x/{number}"), Client().get("/t/x/424242")
    assert (refused.status_code, refused.content) == (404, missing.content)
    assert leads(f"/moved/{ids.shown(Moved.objects.all()[0].home_id)}/topic/{number}/") == "404"
    space = Moved.objects.get(kind="place", thing_id=closed.space_id)
    assert leads(f"/c/tea/{space.old}") == "404"


def test_an_insider_is_led_into_a_closed_space() -> None:
    closed = Topic.objects.filter(space__visibility="private")[0]
    person = Person.objects.get(name=archives.name_of(1))
    account = make_person("Claims").account
    Person.objects.filter(account=account).update(account=None)
    Person.objects.filter(id=person.id).update(account=account, standing="member")
    client = Client()
    client.force_login(account)  # type: ignore[arg-type]
    assert leads(f"/t/x/{old_of(closed).split('/')[0]}", client) == closed.get_absolute_url()


def test_pictures_are_found_where_their_text_is_public() -> None:
    public = Moved.objects.filter(kind="upload")
    assert leads(f"/uploads/default/original/1X/{public[0].old}.png") == "404"
    Space.objects.update(visibility="public")
    shown = [leads(f"/uploads/default/original/1X/{row.old}.png") for row in public]
    assert any(each.startswith("/files/") for each in shown)
    assert leads("/uploads/default/original/1X/nothing.png") == "404"


def test_people_who_have_not_come_have_no_page() -> None:
    assert leads("/u/user1/summary") == "404"
    Person.objects.filter(name=archives.name_of(1)).update(standing="member", shown_to="everyone")
    assert leads("/u/User1").startswith("/people/")


def test_links_in_texts_lead_on() -> None:
    linking = [
        row
        for row in Reply.objects.all()
        if "/topics/" in row.source or "/replies/" in row.source or "/moved/" in row.source
    ]
    assert len(linking) > 3
    home = Moved.objects.all()[0].home_id
    topic = Topic.objects.filter(space__visibility="public")[0]
    number = old_of(topic).split("/")[0]
    assert leads(f"/moved/{ids.shown(home)}/topic/{number}/") == topic.get_absolute_url()
    assert leads(f"/moved/{ids.shown(home)}/wrong/{number}/") == "404"


@pytest.mark.parametrize(
    "path", ["/t/", "/t/%00", "/u/%F0%28%8C%28", "/uploads/" + "a" * 3000, "/c/x/y", "/p/one", "/t/x/1/2/3/4"]
)
def test_strange_addresses_are_not_found(path: str) -> None:
    assert leads(path) == "404"


def test_our_own_pages_are_asked_first() -> None:
    assert Client().get("/topics").status_code in (301, 302)
    assert Space.objects.exists()
