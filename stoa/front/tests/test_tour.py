"""The demo's tour is there in a demo alone; where one is in it is kept only when one has pressed."""

import pytest
from django.test import Client

from stoa.base import shell
from stoa.base.models import Site
from stoa.people.tests.makers import make_person

pytestmark = pytest.mark.django_db
TITLES = [
    "Join through a post",
    "Ask, and be answered",
    "The manager",
    "words to a post",
    "What came of it",
    "Take it back",
]


@pytest.fixture
def demo() -> None:
    Site.objects.update_or_create(id=1, defaults={"is_demo": True})
    shell.forget_site()


def test_elsewhere_there_is_no_tour() -> None:
    Site.objects.update_or_create(id=1, defaults={"is_demo": False})
    shell.forget_site()
    client = Client()
    assert client.get("/show-me/").status_code == 404
    assert client.post("/show-me/", {"step": "1"}).status_code == 404
    client.cookies["tour"] = "1"
    assert "tour" not in client.get("/").content.decode()


def test_a_demo_offers_it_and_keeps_nothing_before_one_has_pressed(demo: None) -> None:
    client = Client()
    assert 'href="/show-me/"' in client.get("/").content.decode()
    assert not client.cookies
    assert "Begin" in client.get("/show-me/").content.decode()
    assert "tour" not in client.cookies


@pytest.mark.parametrize("number", range(1, 7))
def test_each_step_stands_on_the_next_page(demo: None, number: int) -> None:
    client = Client()
    answer = client.post("/show-me/", {"step": str(number), "back": "/topics/?list=latest"})
    assert (answer.status_code, answer["Location"]) == (303, "/topics/?list=latest")
    page = client.get("/topics/").content.decode()
    assert f"{number} of 6" in page
    assert TITLES[number - 1] in page.replace("&#39;", "'")


def test_closing_forgets_it_and_nobody_is_led_elsewhere(demo: None) -> None:
    client = Client()
    client.post("/show-me/", {"step": "2"})
    answer = client.post("/show-me/", {"step": "0", "back": "//evil.example/"})
    assert answer["Location"] == "/"
    assert client.cookies["tour"].value == ""
    assert " of 6" not in client.get("/topics/").content.decode()


def test_the_way_to_sign_in_names_the_address_and_never_the_password(demo: None) -> None:
    client = Client()
    client.post("/show-me/", {"step": "3"})
    page = client.get("/topics/").content.decode()
    assert "/sign-in/?email=ines%40brackwater.example&amp;next=%2Fdesk%2Ftoday%2F%23welcome" in page
    assert "mend-it-together" in page
    assert "mend-it-together" not in "".join(part for part in page.split('"') if part.startswith("/"))
    assert 'value="ines@brackwater.example"' in client.get("/sign-in/?email=ines@brackwater.example").content.decode()


def test_who_is_somebody_else_is_led_out_first(demo: None) -> None:
    client = Client()
    client.force_login(make_person("Ada").account)
    client.post("/show-me/", {"step": "3"})
    page = client.get("/topics/").content.decode()
    assert "Become Ines" in page
