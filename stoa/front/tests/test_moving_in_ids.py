"""Ids of before 2020 are few: what moves in meets one that is taken, and comes all the same."""

from pathlib import Path
from typing import Any

import pytest

from stoa.base import ids
from stoa.base.checking import complaints
from stoa.community.talk.models import Reply, Topic
from stoa.front.tests.test_moving_in import carried, data, read
from stoa.front.tests.test_moving_in_members import at_the_desk, brought, confirmed
from stoa.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("data")]
__all__ = ["data"]


def test_where_an_id_that_was_drawn_is_taken_another_one_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stoa.front.actions.moving_in import messages

    draws, whole = ["whole", "broken"], messages.bring_in

    def taken(said: Any) -> None:
        if draws and draws.pop() == "broken":
            said.replies[-1].id = said.replies[0].id
        whole(said)

    monkeypatch.setattr(messages, "bring_in", taken)
    row = carried(read(tmp_path))
    assert Topic.objects.count() + Reply.objects.count() == row.found["messages"]
    assert list(complaints()) == []


def test_a_whole_community_that_was_registered_in_one_instant_comes(tmp_path: Path) -> None:
    with ids.seeded(1):
        confirmed(
            at_the_desk(), brought(tmp_path, "email,joined\na@example.org,2013-05-01\nb@example.org,2013-05-01\n")
        )
    with ids.seeded(1):  # the same ids are drawn once more
        confirmed(
            at_the_desk(), brought(tmp_path, "email,joined\nc@example.org,2013-05-01\nd@example.org,2013-05-01\n")
        )
    assert Person.objects.filter(standing="pending", joined_at__year=2013).count() == 4
