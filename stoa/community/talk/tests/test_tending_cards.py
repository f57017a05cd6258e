"""Link cards are taken away: by who wrote the text, from it; by who looks after them, everywhere, with a host's others if need be."""

from datetime import timedelta

import pytest
from django.test import Client

from stoa.base import clock, elsewhere
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import BarredHost, FactRow, Linking, PageElsewhere
from stoa.base.text import without_cards
from stoa.base.work.drain import drain
from stoa.community.talk.actions import take_cards_away
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.community.talk.tests.test_page_cards import AT, CARD, State, asked, cards
from stoa.people.models import Account
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_space, make_staff

__all__ = ["asked"]
pytestmark = pytest.mark.django_db


def test_an_author_takes_the_cards_of_their_text_away_and_the_links_stay(asked: list[str]) -> None:
    ada = make_person("Ada")
    client = Client()
    client.force_login(Account.objects.get(person=ada))
    reply = make_reply(
        make_topic(make_space(visibility="members")),
        f"Look:\n\n{AT}\n\n```\n{AT}\n```\n\nor `x`\n\nkettle.org",
        by=actor_of(ada),
    )
    drain()
    page = client.get(reply.topic.get_absolute_url()).content.decode()
    assert f'action="/replies/{reply.shown_id}/cards/"' in page
    assert client.post(f"/replies/{reply.shown_id}/cards/", {"_method": "DELETE"}).status_code == 303
    reply.refresh_from_db()
    assert reply.source == f"Look:\n\n<{AT}>\n\n```\n{AT}\n```\n\nor `x`\n\n<http://kettle.org>"
    assert (cards(reply, actor_of(ada)), f'<a href="{AT}"' in reply.html, Linking.objects.count()) == ([], True, 0)


def test_nobody_takes_the_cards_of_somebody_elses_text_away() -> None:
    reply = make_reply(make_topic(make_space(visibility="members")), AT)
    for other in (make_actor("Ben"), make_staff("moderator")):
        with pytest.raises(NotAllowed):
            take_cards_away(reply, by=other)
    reply.refresh_from_db()
    assert reply.source == AT


def test_taking_cards_away_twice_changes_nothing_more() -> None:
    once = without_cards(f"{AT}\n\nA.\n\n@[person:0000000000005] {AT}")
    assert once == f"<{AT}>\n\nA.\n\n@[person:0000000000005] {AT}"
    assert without_cards(once) == once


def test_who_tends_cards_drops_one_everywhere_and_it_is_not_asked_for_again(asked: list[str]) -> None:
    topic, moderator = make_topic(make_space(visibility="members"), source=AT), make_staff("moderator")
    drain()
    page = PageElsewhere.objects.get()
    for other in (make_actor("Ben"), make_staff("lead")):
        with pytest.raises(NotAllowed):
            elsewhere.drop_card(page, by=other)
    assert cards(topic, moderator) == [CARD]
    elsewhere.drop_card(page, by=moderator)
    elsewhere.drop_card(page, by=moderator)
    with clock.moved(by=timedelta(days=90)):
        make_reply(topic, AT)
        drain()
    page.refresh_from_db()
    assert (cards(topic, moderator), asked, page.title, page.state) == ([], [AT], "", State.DROPPED)
    assert FactRow.objects.filter(name="base.page_dropped").count() == 1


def test_a_barred_host_has_no_card_with_all_below_it_until_it_is_allowed_again(asked: list[str]) -> None:
    moderator, topic = make_staff("moderator"), make_topic(make_space(visibility="members"), source=AT)
    make_reply(topic, "https://notkettle.example/")
    drain()
    barred = elsewhere.bar_host(" HTTPS://Kettle.example/shop ", by=moderator)
    assert elsewhere.bar_host("kettle.example", by=moderator) == barred
    assert (barred.host, cards(topic, moderator), PageElsewhere.objects.visible_to(moderator).count()) == (
        "kettle.example",
        [],
        1,
    )
    make_reply(topic, "https://shop.kettle.example/")
    drain()
    assert asked == [AT, "https://notkettle.example/"]
    elsewhere.allow_host(barred, by=moderator)
    make_reply(topic, AT)
    drain()
    assert cards(topic, moderator) == [CARD]
    assert BarredHost.objects.count() == 0


@pytest.mark.parametrize(
    "typed", ["", "kettle", "no host at all", "https://", "a..example/", "ket/tle", "x" * 300 + ".example", "[::1]"]
)
def test_what_is_no_host_is_refused_beside_the_field(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        elsewhere.bar_host(typed, by=make_staff("moderator"))
    assert refused.value.field == "host"
    assert BarredHost.objects.count() == 0


def test_the_desk_lists_cards_and_hosts_and_acts_on_them() -> None:
    topic, client = make_topic(make_space(visibility="members"), source=AT), Client()
    drain()
    moderator = make_staff("moderator")
    client.force_login(Account.objects.get(person=moderator.person_id))
    assert "Mending &lt;kettles&gt;" in client.get("/desk/link-cards/").content.decode()
    assert "Mending" not in client.get("/desk/link-cards/?host=other").content.decode()
    refused = client.post("/desk/link-cards/", {"host": "no host"})
    assert (refused.status_code, "no host" in refused.content.decode()) == (422, True)
    client.post("/desk/link-cards/", {"_method": "DELETE", "page": PageElsewhere.objects.get().shown_id})
    assert cards(topic, moderator) == []
    client.post("/desk/link-cards/", {"host": "kettle.example"})
    assert "Allow again" in client.get("/desk/link-cards/").content.decode()
    client.post("/desk/link-cards/", {"_method": "DELETE", "barred": BarredHost.objects.get().shown_id})
    assert BarredHost.objects.count() == 0
