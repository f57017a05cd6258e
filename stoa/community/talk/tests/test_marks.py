"""Signs under topics and replies: who leaves which, what is counted, who is told, what is kept of a person."""

import pytest
from django.test import Client

from stoa.base.actors import VISITOR
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.options import set_option
from stoa.base.work.drain import drain
from stoa.community.talk import actions
from stoa.community.talk.keeping import KEEPING
from stoa.community.talk.models import Mark
from stoa.community.talk.tallies import Tallies
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Notice, Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_insider, make_space, make_staff

pytestmark = pytest.mark.django_db


def left() -> list[str]:
    return list(Mark.objects.order_by("id").values_list("sign", flat=True))


def test_a_sign_stands_once_and_its_taking_back_is_known() -> None:
    topic, ben = make_topic(), make_actor("Ben")
    for _ in range(2):
        actions.leave_mark(topic, "thanks", by=ben)
    assert left() == ["thanks"]
    for _ in range(2):
        actions.take_mark_back(topic, "thanks", by=ben)
    assert left() == []
    told = list(FactRow.objects.filter(name__contains="mark").order_by("at", "id").values_list("name", flat=True))
    assert told == ["talk.marked", "talk.mark_taken_back"]


def test_signs_under_a_reply_and_under_its_topic_are_counted_apart() -> None:
    ada, ben, cleo = make_actor("Ada"), make_actor("Ben"), make_actor("Cleo")
    topic = make_topic(by=ada)
    reply = make_reply(topic, by=ben)
    actions.leave_mark(topic, "me_too", by=ben)
    actions.leave_mark(reply, "helpful", by=ada)
    actions.leave_mark(reply, "helpful", by=cleo)
    tallies = Tallies.of(topic, [reply], ada)
    assert [(each.sign.key, each.count, each.mine) for each in tallies.under(topic) if each.count] == [
        ("me_too", 1, False)
    ]
    assert [(each.sign.key, each.count, each.mine) for each in tallies.under(reply) if each.count] == [
        ("helpful", 2, True)
    ]


def test_nobody_thanks_themselves_and_reactions_are_free() -> None:
    ada = make_actor("Ada")
    topic = make_topic(by=ada)
    for sign in ("thanks", "me_too"):
        with pytest.raises(NotPossible):
            actions.leave_mark(topic, sign, by=ada)
    actions.leave_mark(topic, "laugh", by=ada)
    assert left() == ["laugh"]


def test_a_sign_that_the_community_does_not_use_is_refused_and_an_old_one_still_shows() -> None:
    topic, ben = make_topic(), make_actor("Ben")
    actions.leave_mark(topic, "laugh", by=ben)
    set_option("talk.reactions", "wow nonsense", by=make_staff("owner"))
    for sign in ("love", "helpful", "nonsense", ""):
        with pytest.raises(Invalid) as refused:
            actions.leave_mark(topic, sign, by=make_actor("Cleo"))
        assert refused.value.field == "sign"
    shown = [each.sign.key for each in Tallies.of(topic, [], ben).under(topic)]
    assert shown == ["thanks", "me_too", "wow", "laugh"]


def test_only_those_who_take_part_leave_signs() -> None:
    closed = make_space("Team", "private")
    topic = make_topic(closed, by=make_insider(closed, name="Ira"))
    for actor in (VISITOR, make_actor("Ben")):
        with pytest.raises(NotAllowed):
            actions.leave_mark(topic, "thanks", by=actor)
    actions.leave_mark(topic, "thanks", by=make_insider(closed, name="Jo"))
    assert left() == ["thanks"]


def test_what_a_decision_hid_takes_no_sign() -> None:
    topic = make_topic()
    reply = make_reply(topic)
    actions.hide_reply(reply, by=make_staff("moderator"))
    with pytest.raises(NotAllowed):
        actions.leave_mark(reply, "thanks", by=make_actor("Cleo"))


def test_thanks_go_to_the_person_and_not_when_they_are_taken_back() -> None:
    ada, ben, cleo = make_actor("Ada"), make_actor("Ben"), make_actor("Cleo")
    topic = make_topic(by=ada)
    reply = make_reply(topic, by=ben)
    drain()
    Notice.objects.all().delete()
    actions.leave_mark(reply, "thanks", by=ada)
    actions.leave_mark(reply, "thanks", by=cleo)
    actions.take_mark_back(reply, "thanks", by=cleo)
    actions.leave_mark(topic, "laugh", by=cleo)
    drain()
    assert list(Notice.objects.values_list("person_id", "kind", "thing_key", "thing_id", "count")) == [
        (ben.person_id, "talk.thanks", "talk.reply", reply.id, 1)
    ]


def test_marks_are_exported_and_erased_with_their_person() -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(by=ada)
    actions.leave_mark(topic, "thanks", by=ben)
    actions.leave_mark(topic, "me_too", by=make_actor("Cleo"))
    person = Person.objects.get(id=ben.own_id)
    kept = KEEPING.export(person)["marks"]
    assert [(each["sign"], each["topic"], each["reply"]) for each in kept] == [("thanks", topic.shown_id, None)]
    KEEPING.erase(person)
    assert left() == ["me_too"]


def test_the_page_leaves_a_sign_and_takes_it_back(client: Client) -> None:
    space = make_space(visibility="public")
    topic = make_topic(space)
    reply = make_reply(topic)
    member = make_actor("Ben")
    client.force_login(Person.objects.get(id=member.own_id).account)
    answer = client.post(f"/replies/{reply.shown_id}/marks/", {"sign": "thanks"})
    assert (answer.status_code, left()) == (303, ["thanks"])
    page = client.get(topic.get_absolute_url()).content.decode()
    assert 'name="take" value="thanks"' in page
    client.post(f"/replies/{reply.shown_id}/marks/", {"take": "thanks"})
    assert left() == []
    assert client.post(f"/topics/{topic.shown_id}/marks/", {"sign": "x" * 5000}).status_code == 422


def test_the_page_of_signs_offers_what_is_not_left_yet(client: Client) -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(by=ada)
    reply = make_reply(topic, by=ben)
    actions.leave_mark(reply, "thanks", by=ada)
    client.force_login(Person.objects.get(id=ada.person_id).account)
    page = client.get(f"/replies/{reply.shown_id}/marks/").content.decode()
    assert 'value="helpful"' in page
    assert 'value="thanks"' not in page
    own = client.get(f"/topics/{topic.shown_id}/marks/").content.decode()
    assert 'value="thanks"' not in own
    assert 'value="laugh"' in own


def test_a_topics_page_asks_for_one_token_however_many_replies_it_has(client: Client) -> None:
    ada, ben = make_actor("Ada"), make_actor("Ben")
    topic = make_topic(by=ada)
    for _ in range(3):
        make_reply(topic, by=ben)
    client.force_login(Person.objects.get(id=ada.person_id).account)
    page = client.get(topic.get_absolute_url()).content.decode()
    tokens = {part.split('"')[0] for part in page.split('name="csrfmiddlewaretoken" value="')[1:]}
    assert len(tokens) == 1
    assert page.count('formaction="/replies/') >= 3
