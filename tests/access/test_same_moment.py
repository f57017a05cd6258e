"""What two people, or two clicks, do in the same moment; and where a form may lead."""

from unittest.mock import patch

import pytest
from django.test import Client

from stoa.spaces.models import Application
from tests.access import asking
from tests.access.world import World


def test_who_comes_second_in_the_same_moment_is_told_so(world: World) -> None:
    """Both clicks have looked before either has written: only the database can tell them apart."""
    browser, space = asking.client(world, "lead"), world.spaces["private"]
    to, form = f"/spaces/{space.shown_id}/application/", {"answer": "I mend zips."}
    with patch("django.db.models.query.QuerySet.exists", lambda rows: False):
        assert [browser.post(to, form).status_code for _ in range(2)] == [303, 409]
    assert Application.objects.filter(space=space, person=world.people["lead"]).count() == 1


@pytest.mark.parametrize(
    "to", ["//evil.example/", "/\\evil.example", "https://evil.example/", "/a\r\nX-B: c", "///evil.example"]
)
def test_a_notice_leads_nobody_away(world: World, to: str) -> None:
    notice = world.get("people.notice", "public")
    browser = Client()
    browser.force_login(notice.person.account)
    answer = browser.post(f"/notices/{notice.shown_id}/reading/", {"to": to})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/notices/")


def test_a_fragment_and_its_page_are_told_apart_by_caches(world: World) -> None:
    for headers in ({}, {"HX-Request": "true"}):
        assert "HX-Request" in Client().get("/topics/", headers=headers).headers["Vary"]
