"""Looking at an event before it is planned: what was typed and ticked stays, and nothing is planned."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from stoa.community.gather.models import Event
from stoa.people.models import Account
from stoa.spaces.tests.makers import make_insider, make_space

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
