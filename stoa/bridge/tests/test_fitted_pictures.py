"""A member's picture that was cut or made smaller for a network is still a member's picture: for the right, and when they leave."""

import io
from typing import Any

import pytest

from stoa.base import files
from stoa.base.actors import Actor, Standing
from stoa.base.models.file import File
from stoa.bridge.gates import carries_pictures
from stoa.bridge.tests.makers import make_right
from stoa.community.talk.models import Topic
from stoa.social.library.tests.makers import bytes_of, drawing
from stoa.social.networks.models import Channel
from stoa.social.publish.models import Delivery

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["file", "of"])
def test_a_fitted_picture_of_the_author_needs_the_right_as_the_whole_one_does(name: str, channel: Channel) -> None:
    right = make_right()
    kept = files.keep_picture(
        io.BytesIO(bytes_of(drawing())), by=Actor(person_id=right.author_id, standing=Standing.MEMBER)
    )
    Topic.objects.filter(id=right.topic_id).update(html=f'<p><img src="{kept.address}" alt="A lamp"></p>')
    right.refresh_from_db()
    shown: dict[str, Any] = {"file": 1, "alt": "", name: kept.id}
    assert carries_pictures(right, Delivery(content={"text": "", "pictures": [shown]}))
    assert not carries_pictures(right, Delivery(content={"text": "", "pictures": [{"file": 1, "alt": ""}]}))


def test_what_was_made_of_a_members_picture_goes_with_them(settings: Any, tmp_path: Any) -> None:
    settings.STOA_DATA = tmp_path
    author = Actor(person_id=5, standing=Standing.MEMBER)
    whole = files.keep_picture(io.BytesIO(bytes_of(drawing())), by=author)
    made = files.keep_made(bytes_of(drawing(2)), "image/png", whole, ("publish.post", 7))
    assert made.owner_id == 5
    files.erase_files_of(5)
    assert not File.objects.exists()
