"""Looking at an event or a format before it is kept: what was typed and ticked stays, and nothing is planned."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.community.gather.models import Event, Format
from stoa.people.models import Account
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def test_a_preview_keeps_what_was_typed_and_leaves_a_box_unticked() -> None:
    space = make_space()
    client = Client()
    client.force_login(Account.objects.get(person=make_insider(space, "space.steward").person_id))
    typed = {"title": "Evening", "source": "With **tea**.", "zone": "Europe/Berlin"}
    page = client.post(f"/spaces/{space.shown_id}/events/new/", {**typed, "preview": "1", "once": "abcd"})
    tree = LexborHTMLParser(page.content.decode())
    assert (page.status_code, Event.objects.count(), tree.css(".form-errors, .error")) == (200, 0, [])
    assert tree.css_first("[name=title]").attributes["value"] == "Evening"
    assert tree.css_first("[name=online_for_going]") is not None
    assert tree.css_first("[name=online_for_going][checked]") is None
    assert "<strong>tea</strong>" in (tree.css_first("#preview .prose").html or "")


@pytest.mark.parametrize(("box", "shown"), [("opening", "Hello"), ("how", "Bring tea")])
def test_each_box_of_a_format_has_a_preview_of_its_own(box: str, shown: str) -> None:
    space = make_space()
    client = Client()
    client.force_login(Account.objects.get(person=make_staff("community_manager").person_id))
    typed = {"where": space.shown_id, "name": "Round", "shape": "event", "opening": "**Hello**", "how": "**Bring tea**"}
    page = client.post("/desk/programme/new/", {**typed, "preview": box, "once": "abcd"})
    tree = LexborHTMLParser(page.content.decode())
    assert (page.status_code, Format.objects.count(), tree.css(".form-errors, .error")) == (200, 0, [])
    assert [node.text() for node in tree.css("#preview strong")] == [shown]
    assert (tree.css_first("#id_opening").text(), tree.css_first("#id_how").text()) == ("**Hello**", "**Bring tea**")
    assert tree.css_first("[name=shape][value=event][checked]") is not None
