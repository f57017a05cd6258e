"""The directory narrowed by space."""

import pytest

from stoa.people.directory import directory_page
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("visibility", "may_ask"), [("public", True), ("members", True), ("private", False), ("secret", False)]
)
def test_the_directory_tells_who_is_in_a_space_to_those_who_read_it(visibility: str, may_ask: bool) -> None:
    space, stranger = make_space(visibility=visibility), actor_of(make_person("Stranger"))
    insider = make_insider(space)
    asked = {"space": space.shown_id}
    everybody = [each.id for each in directory_page(stranger, {}).people]
    assert [each.id for each in directory_page(insider, asked).people] == [insider.person_id]
    assert [each.id for each in directory_page(stranger, asked).people] == (
        [insider.person_id] if may_ask else everybody
    )
    assert (space.shown_id in str(directory_page(stranger, {}).filters)) is may_ask
