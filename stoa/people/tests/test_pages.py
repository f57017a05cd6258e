"""The pages of people, as they are asked for."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import get_language

from stoa.base import ids
from stoa.base.actors import VISITOR
from stoa.base.models.letter import Letter
from stoa.base.models.site import Site
from stoa.base.things import Card
from stoa.people import door, notices
from stoa.people.actions.joining import write_question
from stoa.people.actions.notice import tell
from stoa.people.models import Account, Block, DoorAnswer, Notice, NoticeWish, Person, SignUp
from stoa.people.tests.makers import actor_of, make_person
from stoa.people.tests.test_people import nudge, with_right  # noqa: F401

pytestmark = pytest.mark.django_db


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person.account)
    return client


def queries_of(client: Client, address: str) -> int:
    """After a first look, which may fill caches of the process."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_somebody_joins_by_a_link_confirms_elsewhere_and_goes_through_the_door(monkeypatch: pytest.MonkeyPatch) -> None:
    question = write_question(
        None, label="What do you mend?", kind="interests", is_required=True, by=with_right("people.edit_door")
    )
    monkeypatch.setattr(door, "_steps", {"questions": door._steps["questions"]})
    here, elsewhere = Client(), Client()
    page = here.get("/join/?via=k7m2").content.decode()
    assert 'value="k7m2"' in page
    form = {"name": "Noor", "email": "noor@example.org", "password1": "correct horse battery", "via": "k7m2"}
    assert here.post("/join/", form).status_code == 302
    person = Person.objects.get(name="Noor")
    assert (person.standing, SignUp.objects.get(person=person).via) == ("pending", "k7m2")
    confirm = re.search(r"http://[^/]+(/join/confirm/\S+)", mail.outbox[-1].body)
    assert confirm
    assert elsewhere.get(confirm[1]).status_code == 200
    assert elsewhere.post(confirm[1]).status_code == 302
    again = {"login": "noor@example.org", "password": "correct horse battery"}
    assert elsewhere.post("/sign-in/", again).headers["Location"] == "/join/door/"
    assert "What do you mend?" in elsewhere.get("/join/door/").content.decode()
    refused = elsewhere.post("/join/door/questions/", {})
    assert refused.status_code == 422
    answered = elsewhere.post("/join/door/questions/", {f"question-{question.shown_id}": "zips, clocks"})
    assert "You are a member now." in elsewhere.get("/").content.decode()
    assert answered.headers["Location"] == "/"
    person.refresh_from_db()
    assert (person.standing, person.interests) == ("member", ["zips", "clocks"])


def test_visitors_pages_set_no_cookie_but_forms_do() -> None:
    assert not Client().get("/spaces/").cookies
    assert "csrf" in Client().get("/join/").cookies


@pytest.mark.parametrize("address", ["/sign-in/", "/join/", "/sign-in/forgotten/"])
def test_the_entrance_opens_for_visitors(address: str) -> None:
    page = Client().get(address)
    assert page.status_code == 200
    assert b"<main" in page.content


@pytest.mark.parametrize(
    "address",
    ["/people/", "/profile/", "/notices/", "/notices/wishes/", "/security/", "/leaving/", "/sign-out/",
     "/security/password/", "/security/address/", "/security/steps/"],
)  # fmt: skip
def test_members_pages_open_for_members(address: str) -> None:
    assert signed_in(make_person()).get(address, follow=True).status_code == 200


@pytest.mark.parametrize("address", ["/people/", "/notices/"])
def test_visitors_are_told_whose_pages_these_are(address: str) -> None:
    assert Client().get(address).status_code == 403


def test_a_profile_is_found_by_its_id_and_led_to_its_slug() -> None:
    ada, bo = make_person("Ada Berg", bio="I mend."), make_person("Bo")
    client = signed_in(bo)
    assert client.get(f"/people/{ada.shown_id}/").headers["Location"] == ada.address
    assert "I mend." in client.get(ada.address).content.decode()
    assert Client().get(ada.address).status_code == 404


def test_the_directory_asks_the_same_number_of_queries_for_three_and_thirty() -> None:
    client = signed_in(make_person("Ada"))
    [make_person(f"P{number}") for number in range(3)]
    few = queries_of(client, "/people/")
    [make_person(f"Q{number}") for number in range(27)]
    assert queries_of(client, "/people/") == few


def test_the_directory_goes_on_where_it_stopped() -> None:
    client = signed_in(make_person("Aaron"))
    [make_person(f"Person {number:02}") for number in range(40)]
    first = client.get("/people/").content.decode()
    after = re.search(r"after=([\w+%-]+)", first)
    assert after
    second = client.get(f"/people/?after={after[1]}").content.decode()
    assert "Person 28" in first
    assert "Person 29" not in first
    assert "Person 29" in second
    assert "Person 39" in second


def test_a_mark_of_the_directory_tells_nothing_of_who_is_hidden() -> None:
    hidden = make_person("Zoe")
    shown_to_nobody = {"hidden": hidden.shown_id, "nobody": ids.shown(ids.new())}
    client = signed_in(make_person("Aaron"))
    pages = {name: client.get(f"/people/?after={mark}").content for name, mark in shown_to_nobody.items()}
    assert all(b"Aaron" in page for page in pages.values())


def test_one_edits_ones_profile_on_its_page() -> None:
    ada = make_person("Ada")
    form = {
        "name": "Ada B",
        "bio": "x",
        "helps_with": "zips",
        "interests": "a, b",
        "zone": "Europe/Berlin",
        "shown_to": "everyone",
    }
    assert signed_in(ada).post("/profile/", form).status_code == 303
    ada.refresh_from_db()
    assert (ada.name, ada.interests, ada.zone, ada.shown_to) == ("Ada B", ["a", "b"], "Europe/Berlin", "everyone")
    refused = signed_in(ada).post("/profile/", {**form, "name": ""})
    assert refused.status_code == 422


def test_notices_show_only_what_one_still_sees_and_are_read_by_post(nudge: str) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    client = signed_in(ada)
    assert "Bo 1" in client.get("/notices/").content.decode()
    assert Notice.objects.unread().count() == 1
    assert client.post("/notices/readings/").status_code == 303
    assert Notice.objects.unread().count() == 0
    Person.objects.filter(id=bo.id).update(standing="pending")
    assert "Bo 1" not in client.get("/notices/").content.decode()


def test_notices_ask_the_same_number_of_queries_for_one_and_ten(nudge: str) -> None:  # noqa: F811
    ada = make_person("Ada")
    others = [make_person(f"P{number}") for number in range(10)]
    tell([ada.id], nudge, ("people.person", others[0].id), by=actor_of(others[0]))
    client = signed_in(ada)
    few = queries_of(client, "/notices/")
    for other in others[1:]:
        tell([ada.id], nudge, ("people.person", other.id), by=actor_of(other))
    assert queries_of(client, "/notices/") == few


def test_a_notice_is_mailed_once_to_who_wishes_it(nudge: str) -> None:  # noqa: F811
    ada, bo, cy = make_person("Ada"), make_person("Bo"), make_person("Cy")
    NoticeWish.objects.create(person=cy, kind=nudge, way="mail", level="never")
    for _time in range(2):
        tell([ada.id, cy.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    letter = Letter.objects.get()
    assert (letter.person_id, letter.subject, letter.thing_id) == (ada.id, "Bo 1", bo.id)
    assert bo.address in letter.text


def test_a_letter_is_written_in_its_readers_language_and_zone(nudge: str, monkeypatch: pytest.MonkeyPatch) -> None:  # noqa: F811
    ada, bo = make_person("Ada"), make_person("Bo")
    Person.objects.filter(id=ada.id).update(language="de", zone="Asia/Tokyo")
    written: list[tuple[str, str]] = []

    def sentence(count: int, name: str, card: Card) -> str:
        written.append((get_language(), timezone.get_current_timezone_name()))
        return name

    monkeypatch.setitem(notices._kinds, nudge, replace(notices._kinds[nudge], sentence=sentence))
    tell([ada.id], nudge, ("people.person", bo.id), by=actor_of(bo))
    assert written == [("de", "Asia/Tokyo")]
    assert (get_language(), timezone.get_current_timezone_name()) == ("en", "UTC")


def test_a_refused_page_speaks_of_kept_words_only_where_words_were_sent() -> None:
    client = signed_in(make_person("Ada"))
    read, empty = client.get("/desk/today/"), client.post("/desk/today/visit/")
    sent = client.post("/desk/today/visit/", {"words": "Nobody saw it coming."})
    assert [each.status_code for each in (read, empty, sent)] == [403, 403, 403]
    assert ["What you wrote is kept here" in each.content.decode() for each in (read, empty, sent)] == [
        False,
        False,
        True,
    ]
    assert "Nobody saw it coming." in sent.content.decode()


def test_what_one_may_not_see_is_not_mailed(nudge: str) -> None:  # noqa: F811
    ada, bo, hidden = make_person("Ada"), make_person("Bo"), make_person("Cy", "pending")
    tell([ada.id], nudge, ("people.person", hidden.id), by=actor_of(bo))
    assert Letter.objects.count() == 0


def test_the_mailbox_opens_in_a_demo_only() -> None:
    Letter.objects.create(kind="account", subject="Confirm", text="https://example.org/x", address="n@example.org")
    assert Client().get("/mailbox/").status_code == 404
    Site.objects.create(is_demo=True)
    assert "Confirm" in Client().get("/mailbox/").content.decode()


def test_how_to_be_told_is_kept(nudge: str) -> None:  # noqa: F811
    ada = make_person("Ada")
    signed_in(ada).post("/notices/wishes/", {"kinds": [nudge], "ways": ["page", "mail"], "page": [nudge]})
    assert NoticeWish.objects.values_list("kind", "way", "level").get() == (nudge, "mail", "never")


def test_blocking_and_hearing_again_are_one_press_each() -> None:
    ada, bo = make_person("Ada"), make_person("Bo")
    client = signed_in(ada)
    client.post(f"/people/{bo.shown_id}/block/", {"kind": "mute"})
    assert Block.objects.get().kind == "mute"
    client.post(f"/people/{bo.shown_id}/block/", {"_method": "DELETE"})
    assert Block.objects.count() == 0


def test_leaving_wants_ones_own_name() -> None:
    ada = make_person("Ada")
    client = signed_in(ada)
    refused = client.post("/leaving/", {"name": "Bo"})
    assert refused.status_code == 422
    assert 'value="Bo"' in refused.content.decode()
    assert "write your name exactly" in refused.content.decode()
    left = client.post("/leaving/", {"name": "Ada"}, follow=True)
    assert left.redirect_chain == [("/", 303)]
    assert "You have left." in left.content.decode()
    assert Account.objects.count() == 0
    assert client.get("/notices/").status_code == 403


def test_the_letter_that_proves_an_address_names_this_place_and_its_page_says_where_to_look() -> None:
    client = Client()
    form = {"name": "Zoe", "email": "zoe@example.org", "password1": "correct horse battery"}
    page = client.post("/join/", form, follow=True).content.decode()
    assert page.count("Look into your mail") >= 1
    assert "Confirmation email sent" not in page
    (letter,) = mail.outbox
    assert letter.subject == "Confirm your address"
    assert "/join/confirm/" in letter.body


def test_a_visitor_is_shown_a_portrait_and_a_page_only_of_who_shows_themselves_to_everyone() -> None:
    ada, bo = make_person("Ada", portrait_id=7), make_person("Bo", portrait_id=8, shown_to="everyone")
    assert (ada.portrait_for(VISITOR), ada.address_for(VISITOR)) == ("", "")
    assert (bo.portrait_for(VISITOR), bo.address_for(VISITOR)) == (bo.portrait_address, bo.address)
    assert ada.portrait_for(actor_of(bo)) == ada.portrait_address
    assert ada.portrait_for(actor_of(make_person("Cy", "pending"))) == ""


def test_the_export_comes_as_a_zip() -> None:
    answer = signed_in(make_person()).post("/security/export/")
    assert answer.headers["Content-Type"] == "application/zip"
    assert answer.content.startswith(b"PK")


@pytest.mark.parametrize("address", ["/desk/members/", "/desk/door/"])
def test_the_desk_is_for_staff(address: str) -> None:
    assert signed_in(make_person()).get(address).status_code == 403
    assert DoorAnswer.objects.count() == 0


def test_links_in_mails_lead_to_our_own_address_whatever_name_we_were_called_by(settings: Any) -> None:
    settings.STOA_URL = "https://guild.example"
    person = make_person("Ada")
    for host in ("localhost:1", "127.0.0.1"):
        Client().post("/sign-in/forgotten/", {"email": person.account.email}, headers={"Host": host})
    assert [re.findall(r"https?://[^/\s]+", str(sent.body)) for sent in mail.outbox] == [["https://guild.example"]] * 2
