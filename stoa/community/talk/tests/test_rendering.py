"""What an older renderer made is rendered anew from what was typed, a batch at a time, and only that."""

from io import StringIO

import pytest
from django.core.management import call_command

from stoa.base.text import VERSION
from stoa.base.text.again import render_again
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic

pytestmark = pytest.mark.django_db
OLD = {"html": "<p>as it was</p>", "renderer": VERSION - 1}


def test_older_rows_are_rendered_anew_and_newer_ones_left() -> None:
    topic, reply, newer = make_topic(source="A **zip**."), make_reply(make_topic(), "*Pull.*"), make_topic()
    Topic.objects.filter(id=topic.id).update(**OLD)
    Reply.objects.filter(id=reply.id).update(**OLD)
    Topic.objects.filter(id=newer.id).update(html="<p>kept</p>")
    assert render_again() == 2
    topic.refresh_from_db()
    reply.refresh_from_db()
    newer.refresh_from_db()
    assert (topic.html.strip(), topic.renderer) == ('<p dir="auto">A <strong>zip</strong>.</p>', VERSION)
    assert (reply.html.strip(), reply.renderer) == ('<p dir="auto"><em>Pull.</em></p>', VERSION)
    assert newer.html == "<p>kept</p>"
    assert render_again() == 0


def test_no_batch_is_larger_than_asked_and_the_command_does_all() -> None:
    for number in range(5):
        make_topic(title=f"Topic {number}")
    Topic.objects.update(**OLD)
    assert render_again(2) == 2
    assert Topic.objects.filter(renderer=VERSION).count() == 2
    said = StringIO()
    call_command("render_again", stdout=said)
    assert said.getvalue().strip() == "3 texts rendered anew."
    assert not Topic.objects.exclude(renderer=VERSION).exists()
