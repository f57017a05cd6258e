"""What people and programs write into addresses breaks no page."""

import pytest

from tests.access import asking
from tests.access.world import World

LISTS = ("/search/?q=tape&from=", "/plaza/?before=", "/feeds/guild/?before=", "/topics/?before=", "/people/?after=")
NUMBERS = ("9" * 5000, "-1", "²", "٣", "1e309", "%ED%A0%80", "%E2%82", "")


@pytest.mark.parametrize("path", LISTS)
def test_a_place_in_a_list_may_be_anything(world: World, path: str) -> None:
    browser = asking.client(world, "steward")
    assert {browser.get(path + number).status_code for number in NUMBERS} == {200}


@pytest.mark.parametrize("path", ["/search/?q=a%00b", "/people/?q=a%00b", "/desk/members/?q=%00"])
def test_a_nul_is_refused_before_a_database_sees_it(world: World, path: str) -> None:
    assert asking.client(world, "owner").get(path).status_code == 422
    assert asking.client(world, "owner").post("/desk/posts/new/", {"text": "a\0b"}).status_code == 422


@pytest.mark.parametrize("path", ["/plaza/sightings/", "/plaza/api/accounts", "/feeds/api/feeds"])
def test_a_form_where_json_is_due_breaks_nothing(world: World, path: str) -> None:
    assert asking.client(world, "anonymous").post(path, {"posts": "x"}).status_code < 500
