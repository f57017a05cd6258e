"""A link alone on its line, to something of this place, is a card for whoever may see that thing, and a bare link for everybody else."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from stoa.base.actors import VISITOR, Actor
from stoa.base.text import plain, show_each
from stoa.community.talk.actions import edit_topic, withdraw_topic
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Account, Block
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db
HERE = settings.STOA_URL


def cards(written: Topic | Reply, to: Actor) -> list[str]:
    """The cards in a text as this reader sees it: title and note."""
    shown = LexborHTMLParser(show_each([written], to=to)[written.id])
    return [
        f"{each.css_first('a').text()} | {each.css_first('.link-card-note').text()}" for each in shown.css(".link-card")
    ]


def test_a_topic_a_reply_and_a_person_become_cards() -> None:
    ada = make_actor("Ada")
    topic = make_topic(title="Zip <stuck>", by=ada)
    reply = make_reply(topic, by=make_actor("Ben"))
    lines = [topic.get_absolute_url(), f"/replies/{reply.shown_id}/", f"/people/{make_person('Cem').shown_id}/"]
    linking = make_reply(topic, "Look:\n\n" + "\n\n".join(HERE + line for line in lines))
    assert cards(linking, ada) == ["Zip <stuck> | Topic · Ada", "Zip <stuck> | Reply · Ben", "Cem | Person"]


def test_only_a_bare_address_alone_on_its_line_does() -> None:
    topic = make_topic()
    address = HERE + topic.get_absolute_url()
    for source in (f"See {address}", f"[there]({address})", f"> {address}", f"- {address}", f"{address}\n{address}", f"`{address}`",
                   f"::: spoiler\n{address}\n:::", "https://a.example/topics/0000000000005/"):  # fmt: skip
        assert cards(make_reply(topic, source), make_actor()) == []


def test_who_may_not_see_it_has_the_link_alone() -> None:
    closed = make_space("Crew", "secret")
    insider = make_insider(closed)
    hidden = make_topic(closed, "The plan", "At noon.", by=insider)
    reply = make_reply(make_topic(make_space(visibility="public")), f"{HERE}/topics/{hidden.shown_id}/")
    assert cards(reply, insider) == ["The plan | Topic · Insider"]
    for reader in (VISITOR, make_actor("Ben")):
        shown = show_each([reply], to=reader)[reply.id]
        assert f'<p dir="auto"><a href="{HERE}/topics/{hidden.shown_id}/"' in shown
        assert ("The plan" in shown, "noon" in shown, "x-card" in shown) == (False, False, False)


def test_a_card_is_as_its_thing_is_now() -> None:
    ada = make_actor("Ada")
    topic = make_topic(title="Before", by=ada)
    linking = make_reply(make_topic(), HERE + topic.get_absolute_url())
    edit_topic(topic, title="After", source="x", by=ada)
    assert cards(linking, make_actor("Ben")) == ["After | Topic · Ada"]
    withdraw_topic(topic, by=ada)
    assert cards(linking, make_actor("Ben")) == []


def test_of_people_whom_one_does_not_read_there_is_none() -> None:
    reader, author = make_person("Ada"), make_person("Ben")
    topic = make_topic(by=actor_of(author))
    linking = make_reply(make_topic(), HERE + topic.get_absolute_url())
    Block.objects.create(person=reader, other=author, kind="mute")
    assert cards(linking, actor_of(reader)) == []


def test_many_links_ask_as_much_as_one_and_the_plain_text_is_the_address() -> None:
    ada = make_actor("Ada")
    topics = [make_topic(title=f"Topic {number}") for number in range(12)]
    few = make_reply(topics[0], HERE + topics[1].get_absolute_url())
    many = make_reply(topics[0], "\n\n".join(HERE + topic.get_absolute_url() for topic in topics))
    asked = []
    for reply in (few, many):
        with CaptureQueriesContext(connection) as seen:
            show_each([reply], to=ada)
        asked.append(len(seen))
    assert asked == [1, 1]
    assert plain(few.html) == HERE + topics[1].get_absolute_url()


def test_a_preview_shows_the_same_card() -> None:
    topic = make_topic()
    client = Client()
    client.force_login(Account.objects.get(person=make_actor("Ada").person_id))
    typed = {"source": HERE + topic.get_absolute_url()}
    looked = client.post(f"/topics/{topic.shown_id}/replies/", {**typed, "preview": "1"}).content.decode()
    client.post(f"/topics/{topic.shown_id}/replies/", typed)
    kept = client.get(topic.get_absolute_url()).content.decode()
    card = LexborHTMLParser(looked).css_first("#preview .link-card").html
    assert card == LexborHTMLParser(kept).css_first(f"#reply-{Reply.objects.get().shown_id} .link-card").html
