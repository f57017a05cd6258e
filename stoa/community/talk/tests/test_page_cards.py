"""A link alone on its line to a page elsewhere: who makes the worker ask for it, who never does, who sees its card, who takes it away."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from stoa.base import clock, elsewhere
from stoa.base.actors import VISITOR, Actor
from stoa.base.elsewhere import fetching
from stoa.base.elsewhere.fetching import Found
from stoa.base.elsewhere.reading import Said
from stoa.base.models import FactRow, Linking, OptionRow, PageElsewhere
from stoa.base.text import show_each
from stoa.base.work.drain import drain
from stoa.community.talk.actions import (
    edit_reply,
    edit_topic,
    hide_topic,
    merge_topic,
    send_message,
    withdraw_topic,
)
from stoa.community.talk.models import Reply, Topic
from stoa.community.talk.tests.makers import make_exchange, make_reply, make_topic
from stoa.people.actions.leaving import erase_person
from stoa.people.models import Account, Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db
AT = "https://kettle.example/mending"
State = PageElsewhere.State


@pytest.fixture(autouse=True)
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the worker asked for; every page answers."""
    found: list[str] = []

    def answer(address: str) -> Found:
        found.append(address)
        return Found(Said("Mending <kettles>", "With & without tools", "The Guild"), None)

    monkeypatch.setattr(fetching, "found_at", answer)
    return found


def cards(written: Topic | Reply, to: Actor) -> list[str]:
    shown = LexborHTMLParser(show_each([written], to=to)[written.id])
    return [" | ".join(each.text() for each in card.css("a, span")) for card in shown.css(".link-card")]


CARD = "Mending <kettles> | kettle.example · The Guild | With & without tools"


def test_a_link_in_an_open_text_is_asked_for_once_for_everybody(asked: list[str]) -> None:
    ada = make_actor("Ada")
    topic = make_topic(make_space(visibility="public"), source=AT, by=ada)
    assert cards(topic, ada) == []
    reply = make_reply(make_topic(make_space(visibility="members")), f"Look:\n\n{AT}#tools\n\nGood.")
    drain()
    assert asked == [AT]
    assert (cards(topic, ada), cards(topic, VISITOR), cards(reply, ada)) == ([CARD], [CARD], [CARD])
    make_reply(topic, AT)
    drain()
    assert asked == [AT]
    shown = show_each([reply], to=ada)[reply.id]
    assert f'<a href="{AT}#tools" rel="nofollow ugc noopener" dir="auto">Mending &lt;kettles&gt;</a>' in shown


def test_what_members_alone_link_to_is_no_card_for_visitors_until_somebody_links_to_it_in_public(
    asked: list[str],
) -> None:
    make_reply(make_topic(make_space(visibility="members")), AT)
    drain()
    page = PageElsewhere.objects.get()
    assert [PageElsewhere.objects.visible_to(each).count() for each in (VISITOR, make_actor("Ben"))] == [0, 1]
    public = make_topic(make_space(visibility="public"), source=AT)
    assert cards(public, VISITOR) == [CARD]
    page.refresh_from_db()
    assert (page.is_public, asked) == (True, [AT])


@pytest.mark.parametrize("visibility", ["private", "secret"])
def test_a_closed_space_makes_nobody_ask(visibility: str, asked: list[str]) -> None:
    space = make_space("Crew", visibility)
    insider = make_insider(space, "space.steward")
    topic = make_topic(space, source=AT, by=insider)
    edit_topic(topic, title="x", source=AT + "?page=2", by=insider)
    edit_reply(make_reply(topic, AT, by=insider), source=AT, by=insider)
    drain()
    assert (asked, PageElsewhere.objects.count(), Linking.objects.count()) == ([], 0, 0)
    make_topic(make_space(visibility="members"), source=AT)
    drain()
    assert cards(Topic.objects.get(id=topic.id), insider) == []
    edit_topic(topic, title="x", source=AT, by=insider)
    assert cards(topic, insider) == [CARD]
    assert (asked, Linking.objects.count()) == ([AT], 1)


def test_a_question_to_the_team_and_a_direct_message_make_nobody_ask(asked: list[str]) -> None:
    ada = make_actor("Ada")
    make_topic(make_space(visibility="members", ask_team=True), source=AT, by=ada)
    send_message(make_exchange(ada, make_actor("Ben")), source=AT, by=ada)
    drain()
    assert (asked, PageElsewhere.objects.count()) == ([], 0)


def test_a_topic_that_is_gone_or_closed_in_before_the_worker_comes_is_not_asked_for(asked: list[str]) -> None:
    ada, staff = make_actor("Ada"), make_staff("moderator")
    closed = make_space("Crew", "private")
    keeper = make_insider(closed, "space.steward")
    open_space = make_space(visibility="members")
    for number, act in enumerate(("move", "withdraw", "hide")):
        topic = make_topic(open_space, source=f"{AT}/{number}", by=ada)
        if act == "move":
            Topic.objects.filter(id=topic.id).update(space=closed)
        elif act == "withdraw":
            withdraw_topic(topic, by=ada)
        else:
            hide_topic(topic, by=staff)
    drain()
    assert asked == []
    assert set(PageElsewhere.objects.values_list("state", "due_at")) == {(State.WAITING, None)}
    make_reply(make_topic(open_space), f"{AT}/0")
    drain()
    assert asked == [f"{AT}/0"]
    assert keeper.is_member


@pytest.mark.parametrize(
    "source",
    [
        f"See {AT}", f"[there]({AT})", f"<{AT}>", f"> {AT}", f"- {AT}", f"{AT}\n{AT}", f"`{AT}`", f"    {AT}", f"::: spoiler\n{AT}\n:::",
        f"{AT}?token=a", "https://ada:pass@kettle.example/", "http://127.0.0.1/x", "https://kettle.example/reset/1", "ftp://kettle.example/",
    ],
)  # fmt: skip
def test_only_a_bare_address_alone_on_its_line_that_looks_like_no_secret_is_asked_for(
    source: str, asked: list[str]
) -> None:
    make_topic(make_space(visibility="public"), source=source)
    drain()
    assert (asked, PageElsewhere.objects.count()) == ([], 0)


def test_a_preview_and_reading_ask_nobody_and_show_the_card_that_is_there(asked: list[str]) -> None:
    ada, client = make_person("Ada"), Client()
    client.force_login(Account.objects.get(person=ada))
    topic = make_topic(make_space(visibility="members"))
    address, typed = f"/topics/{topic.shown_id}/replies/", {"source": AT, "preview": "1"}
    assert "link-card" not in client.post(address, typed).content.decode()
    drain()
    assert (asked, PageElsewhere.objects.count()) == ([], 0)
    reply = make_reply(topic, AT)
    drain()
    with clock.moved(by=timedelta(days=40)):
        looked = LexborHTMLParser(client.post(address, typed).content.decode()).css_first("#preview .link-card")
        kept = LexborHTMLParser(client.get(topic.get_absolute_url()).content.decode()).css_first(
            f"#reply-{reply.shown_id} .link-card"
        )
        drain()
    assert looked.html == kept.html
    assert asked == [AT]


def test_an_old_card_is_asked_for_anew_when_somebody_links_to_it_again(asked: list[str]) -> None:
    topic = make_topic(make_space(visibility="members"), source=AT)
    drain()
    with clock.moved(by=timedelta(days=31)):
        make_reply(topic, AT)
        drain()
    assert asked == [AT, AT]


def test_the_option_switches_asking_off_and_what_is_there_stays(asked: list[str]) -> None:
    topic = make_topic(make_space(visibility="members"), source=AT)
    drain()
    OptionRow.objects.create(key="base.link_cards", value=False, at=clock.now())
    make_reply(topic, AT + "/more")
    drain()
    assert asked == [AT]
    assert cards(topic, make_actor("Ben")) == [CARD]


def test_eight_of_a_text_and_forty_an_hour_of_a_person_are_asked_for(asked: list[str]) -> None:
    ada, topic = make_actor("Ada"), make_topic(make_space(visibility="members"))
    for number in range(7):
        text = "\n\n".join(f"https://k{number}.example/{each}" for each in range(10))
        make_reply(topic, text, by=ada)
    drain()
    assert len(asked) == 40
    assert PageElsewhere.objects.filter(state=State.WAITING, due_at=None).count() == 16


def test_a_text_without_such_links_costs_no_query_more_and_many_cards_ask_as_much_as_one() -> None:
    ada = make_actor("Ada")
    topic = make_topic(make_space(visibility="members"))
    with CaptureQueriesContext(connection) as plain:
        make_reply(topic, "Only words.", by=ada)
    assert not [each for each in plain if "pageelsewhere" in each["sql"] or "linking" in each["sql"]]
    asked = []
    for count in (1, 7):
        reply = make_reply(topic, "\n\n".join(f"{AT}/{each}" for each in range(count)), by=ada)
        drain()
        with CaptureQueriesContext(connection) as seen:
            assert len(cards(reply, ada)) == count
        asked.append(len(seen))
    assert asked == [1, 1]


def test_open_pages_of_its_topics_are_told_when_the_card_is_there() -> None:
    one, other = (make_topic(make_space(visibility="members"), title=each) for each in ("One", "Other"))
    make_reply(one, AT)
    make_reply(one, AT)
    edit_topic(other, title="Other", source=AT, by=actor_of(other.author))
    drain()
    told = FactRow.objects.filter(name="talk.card_found").values_list("about_key", "about_id")
    assert sorted(told) == sorted([("talk.topic", one.id), ("talk.topic", other.id)])


def test_a_page_that_is_drawn_anew_is_given_the_topics_words_with_the_card_too() -> None:
    topic, client = make_topic(make_space(visibility="public"), source=AT), Client()
    drain()
    whole = LexborHTMLParser(client.get(topic.get_absolute_url()).content.decode())
    piece = LexborHTMLParser(client.get(topic.get_absolute_url(), headers={"HX-Request": "true"}).content.decode())
    assert (len(whole.css("#topic-words")), whole.css_first("[hx-swap-oob]")) == (1, None)
    assert (
        piece.css_first("#topic-words[hx-swap-oob] .link-card").html == whole.css_first("#topic-words .link-card").html
    )


def test_when_somebody_leaves_nothing_tells_what_they_linked_to() -> None:
    ada = make_person("Ada")
    topic = make_topic(make_space(visibility="members"), source=AT, by=actor_of(ada))
    make_reply(topic, AT, by=actor_of(ada))
    drain()
    erase_person(ada, by=actor_of(ada))
    assert Linking.objects.count() == 0
    with clock.moved(by=timedelta(days=3)):
        elsewhere.forget_unlinked()
    assert PageElsewhere.objects.count() == 0
    assert Person.objects.filter(id=ada.id).exists()


def test_a_merged_topic_still_links_as_the_reply_that_it_became(asked: list[str]) -> None:
    space, staff = make_space(visibility="members"), make_staff("moderator")
    first = make_topic(space)
    second = make_topic(space, source=AT)
    merge_topic(second, into=first, by=staff)
    drain()
    assert asked == [AT]
    assert cards(Reply.objects.get(id=second.id), staff) == [CARD]


def test_a_topic_that_moves_into_the_open_is_asked_for_when_it_is_changed(asked: list[str]) -> None:
    closed, owner = make_space("Crew", "private"), make_staff("community_manager")
    insider = make_insider(closed, "space.steward")
    topic = make_topic(closed, source=AT, by=insider)
    Topic.objects.filter(id=topic.id).update(space=make_space(visibility="members"))
    topic = Topic.objects.get(id=topic.id)
    drain()
    assert asked == []
    edit_topic(topic, title="Zip", source=AT, by=insider)
    drain()
    assert asked == [AT]
    assert owner.is_staff
