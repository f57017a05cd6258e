"""A picture shown in two texts: each text's readers see its own."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stoa.base import files
from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid
from stoa.base.models import File
from stoa.base.tests.hostile_files import picture
from stoa.community.talk.actions import edit_topic
from stoa.community.talk.models import Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


def test_a_picture_from_a_private_space_shown_again_in_public_has_a_file_of_its_own_there() -> None:
    closed = make_space("Crew", "private")
    ada = make_insider(closed, "space.steward", "Ada")
    file = files.keep_picture(io.BytesIO(picture()), by=ada, alt="A door")
    words = f"![A door]({file.address})"
    make_topic(closed, source=words, by=ada)
    shown = make_topic(make_space("Sewing", "public"), source=words, by=ada)
    copy = File.objects.exclude(id=file.id).get()
    file.refresh_from_db()
    assert (files.may_see_file(VISITOR, file), files.may_see_file(VISITOR, copy)) == (False, True)
    page = Client().get(shown.get_absolute_url()).content.decode()
    assert (copy.address in page, file.address in page) == (True, False)
    edit_topic(shown, title="Again", source=shown.source_for_editing(), by=ada)
    assert File.objects.count() == 2


def test_somebody_elses_picture_goes_into_no_text_of_mine_and_nothing_is_changed() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    file = files.keep_picture(io.BytesIO(picture()), by=ada)
    topic = make_topic(make_space(visibility="public"), source=f"![A door]({file.address})", by=ada)
    with pytest.raises(Invalid) as refused:
        make_reply(topic, f"![Mine]({file.address})", by=ben)
    assert (refused.value.field, topic.replies.count(), Topic.objects.get().replies_count) == ("source", 0, 0)
    assert File.objects.get().thing_id == topic.id


def test_a_visitor_reads_the_initials_of_an_author_who_shows_themselves_to_members_only() -> None:
    ada = make_insider(make_space("Sewing", "public"), name="Ada Byron")
    topic = make_topic(make_space("Knitting", "public"), by=ada)
    Person.objects.filter(id=ada.person_id).update(portrait_id=7)
    page = Client().get(topic.get_absolute_url()).content.decode()
    assert "Ada Byron" in page
    assert "/files/" not in page
    assert "/people/" not in page
