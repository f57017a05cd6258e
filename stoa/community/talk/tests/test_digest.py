"""The digest: what concerns one, unread and not mailed, with its score; nothing to say, nothing sent; sight asked when it is sent."""

import re
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from stoa.base import actors, clock
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.mail import may_be_sent
from stoa.base.mail.send import message
from stoa.base.models.letter import Letter
from stoa.base.work.drain import drain
from stoa.community.talk import actions, scoring
from stoa.community.talk.digest_words import why
from stoa.community.talk.digesting import Line, lines_for
from stoa.community.talk.kinds import Particulars
from stoa.community.talk.models import Digest, Progress, Topic
from stoa.community.talk.models.digest import next_morning
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.actions.notice import keep_quiet
from stoa.people.actions.profile import block_person, follow
from stoa.people.actions.wishes import wish
from stoa.people.models import Person
from stoa.people.stopping import stop_address
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.people.tests.test_pages import signed_in
from stoa.spaces.models import Grant
from stoa.spaces.tests.makers import give, make_space

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 3, 9, 8, tzinfo=UTC)
SUNDAY = MONDAY - timedelta(hours=20)


@pytest.fixture
def ada() -> Person:
    """Joined long ago, with a digest since the Monday before, and no mail at once."""
    person = make_person("Ada", joined_at=MONDAY - timedelta(days=90), interests=["Clock repair"])
    for kind in ("talk.reply", "talk.mention", "talk.topic"):
        wish(kind, "mail", "never", by=actor_of(person))
    week_ago = MONDAY - timedelta(days=7)
    Digest.objects.create(person=person, told_from=week_ago, told_to=week_ago, due_at=MONDAY)
    return person


def lines(person: Person) -> list[Line]:
    return lines_for(actor_of(person), Digest.objects.get(person=person))


def said(person: Person) -> list[tuple[str, list[str], int]]:
    return [(each.topic.title, [r.key for r in each.reasons], round(each.score)) for each in lines(person)]


def sent(person: Person) -> list[Letter]:
    drain()
    return list(Letter.objects.filter(kind="talk.digest", person_id=person.id).order_by("id"))


@pytest.mark.parametrize(
    ("rhythm", "after", "zone", "due"),
    [
        ("daily", "2026-03-10T07:59", "UTC", "2026-03-10T08:00"),
        ("daily", "2026-03-10T08:00", "UTC", "2026-03-11T08:00"),
        ("daily", "2026-03-10T00:00", "Asia/Tokyo", "2026-03-10T23:00"),
        ("weekly", "2026-03-10T09:00", "UTC", "2026-03-16T08:00"),
        ("weekly", "2026-03-27T09:00", "Europe/Berlin", "2026-03-30T06:00"),
        ("monthly", "2026-03-10T09:00", "UTC", "2026-04-01T08:00"),
        ("monthly", "2026-12-31T23:30", "Pacific/Auckland", "2027-01-31T19:00"),
    ],
)
def test_it_comes_in_the_morning_of_its_readers_zone(rhythm: str, after: str, zone: str, due: str) -> None:
    found = next_morning(rhythm, datetime.fromisoformat(after).replace(tzinfo=UTC), zone)
    assert found is not None
    assert found.astimezone(UTC) == datetime.fromisoformat(due).replace(tzinfo=UTC)


def test_never_has_no_morning() -> None:
    assert next_morning("never", MONDAY, "UTC") is None


def test_the_points_are_those_of_the_decision_record() -> None:
    page = (Path(scoring.__file__).parents[3] / "docs/decisions/31-digest.md").read_text()
    assert sorted(int(found) for found in re.findall(r"\| (\d+) \|", page)) == sorted(scoring.POINTS.values())
    assert scoring.fading(timedelta(0)) == 1
    assert scoring.fading(timedelta(days=7)) == 0.5
    assert scoring.fading(timedelta(days=14)) == 0.25
    assert scoring.score([scoring.reason("answered"), scoring.reason("joined")], timedelta(days=7)) == 52.5


def test_answers_to_me_come_first_then_what_i_follow_then_what_shares_an_interest(ada: Person) -> None:
    with clock.pinned(SUNDAY):
        mine = make_topic(title="Mine", by=actor_of(ada))
        followed = make_topic(title="Followed")
        follow(("talk.topic", followed.id), "follow", by=actor_of(ada))
        reply = make_reply(make_topic(title="Where I replied"), by=actor_of(ada))
        actions.open_topic(
            make_space("Bench"), title="Shared", source="Tick.", by=make_actor("Bo"),
            particulars=Particulars(tags=("clock-repair",)),
        )  # fmt: skip
        make_topic(title="Nothing to do with me")
        drain()
        make_reply(mine), make_reply(followed)
        actions.add_reply(reply.topic, source="Thanks.", by=make_actor("Cy"), answers=reply)
    with clock.pinned(SUNDAY + timedelta(minutes=1)):
        assert said(ada) == [
            ("Where I replied", ["reply_answered", "followed"], 120),
            ("Mine", ["answered"], 100),
            ("Followed", ["followed"], 40),
            ("Shared", ["shared"], 15),
        ]


def test_a_line_prints_how_its_score_came_about(ada: Person) -> None:
    space = make_space("Bench", interests=["clock repair"])
    give(ada, "space.member", space)
    with clock.pinned(MONDAY - timedelta(days=3)):
        make_topic(space, "Pendulum")
    with clock.pinned(MONDAY):
        assert why(lines(ada)[0]) == (
            "you share an interest: Clock repair (15), you are in the space (5); 3 days old: × 0.74"
        )
        assert round(lines(ada)[0].score, 2) == round(20 * 0.5 ** (3 / 7), 2)


def test_it_is_written_once_in_the_morning_and_can_be_stopped_in_one_click(ada: Person) -> None:
    with clock.pinned(SUNDAY):
        mine = make_topic(title="Mine", by=actor_of(ada))
        make_reply(mine), make_reply(mine)
        drain()
    with clock.pinned(MONDAY):
        letters = sent(ada)
        assert [each.subject for each in letters] == ["One thing that is new for you"]
        assert "2 new replies · Sewing" in letters[0].text
        assert "Why this: somebody replied to your topic (100); 20 h old: × 0.92 = 92" in letters[0].text
        head = message(letters[0]).message()
        assert head["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        row = Digest.objects.get()
        assert (row.due_at, row.topics, row.told_to) == (MONDAY + timedelta(days=7), [mine.id], MONDAY)
        assert sent(ada) == letters
    path = stop_address(ada.id, "talk.digest").removeprefix(settings.STOA_URL)
    client = Client(enforce_csrf_checks=True)
    assert client.get(path).status_code == 200
    assert Digest.objects.get().rhythm == "weekly"
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    row = Digest.objects.get()
    assert (row.rhythm, row.due_at) == ("never", None)


def test_nothing_to_say_nothing_sent(ada: Person) -> None:
    with clock.pinned(SUNDAY):
        make_topic()
        drain()
    with clock.pinned(MONDAY):
        assert sent(ada) == []
        assert Digest.objects.get().due_at == MONDAY + timedelta(days=7)


def test_what_was_read_or_mailed_is_not_told_and_what_came_after_is(ada: Person) -> None:
    with clock.pinned(SUNDAY):
        read, mailed = make_topic(title="Read", by=actor_of(ada)), make_topic(title="Mailed", by=actor_of(ada))
        last, _other = make_reply(read), make_reply(mailed)
        actions.read_topic(read, to=last.id, by=actor_of(ada))
        drain()
    with clock.pinned(SUNDAY + timedelta(minutes=1)):
        letter = Letter.objects.create(
            kind="talk.reply", person_id=ada.id, subject="x", text="x", thing_key="talk.topic", thing_id=mailed.id,
            state="sent", at=clock.now(),
        )  # fmt: skip
        assert said(ada) == []
    with clock.pinned(SUNDAY + timedelta(minutes=2)):
        make_reply(mailed)
        assert [each[0] for each in said(ada)] == ["Mailed"]
        Letter.objects.filter(id=letter.id).update(at=clock.now() + timedelta(minutes=1))
        assert said(ada) == []
        Letter.objects.filter(id=letter.id).update(state="stopped")
        assert [each[0] for each in said(ada)] == ["Mailed"]


def test_a_letter_of_what_its_reader_may_not_see_any_more_is_stopped_and_the_rest_told_next_time(ada: Person) -> None:
    space = make_space("Diary", "private")
    grant = give(ada, "space.member", space)
    writer = make_person("Wim")
    give(writer, "space.member", space)
    with clock.pinned(SUNDAY):
        make_reply(make_topic(title="Mine", by=actor_of(ada)))
        make_topic(space, "Inside", by=actor_of(writer))
        drain()
    with clock.pinned(MONDAY):
        digest = Digest.objects.get()
        Digest.objects.update(fence=1)
        actions.send_digest(digest.id, 1)
        letter = Letter.objects.get(kind="talk.digest")
        assert may_be_sent(actors.of_person(ada.id), letter)
        Grant.objects.filter(id=grant.id).delete()
        assert not may_be_sent(actors.of_person(ada.id), letter)
        drain()
        letter.refresh_from_db()
        assert letter.state == "stopped"
    with clock.pinned(MONDAY + timedelta(days=7)):
        letters = sent(ada)
        assert "Mine" in letters[-1].text
        assert "Inside" not in letters[-1].text


def test_whom_one_blocked_or_what_one_muted_is_not_in_it(ada: Person) -> None:
    loud = make_person("Loud")
    with clock.pinned(SUNDAY):
        mine, muted = make_topic(title="Mine", by=actor_of(ada)), make_topic(title="Muted", by=actor_of(ada))
        make_reply(mine, by=actor_of(loud)), make_reply(muted)
        block_person(loud, by=actor_of(ada))
        follow(("talk.topic", muted.id), "mute", by=actor_of(ada))
        assert said(ada) == []


def test_quiet_hours_move_it_to_their_end(ada: Person) -> None:
    keep_quiet(time(22), time(9, 30), by=actor_of(ada))
    with clock.pinned(SUNDAY):
        make_reply(make_topic(by=actor_of(ada)))
    with clock.pinned(MONDAY):
        assert sent(ada) == []
        assert Digest.objects.get().due_at == MONDAY.replace(hour=9, minute=30)
    with clock.pinned(MONDAY.replace(hour=9, minute=30)):
        assert len(sent(ada)) == 1


def test_a_suspended_member_and_one_who_left_get_none(ada: Person) -> None:
    with clock.pinned(SUNDAY):
        make_reply(make_topic(by=actor_of(ada)))
    Person.objects.filter(id=ada.id).update(standing="suspended")
    with clock.pinned(MONDAY):
        assert sent(ada) == []


def test_every_member_gets_one_and_only_once() -> None:
    people = [make_person(f"P{number}") for number in range(3)]
    make_person("Pending", "pending")
    assert (actions.begin_digests(), actions.begin_digests()) == (3, 0)
    assert set(Digest.objects.values_list("person_id", "rhythm")) == {(each.id, "weekly") for each in people}


def test_the_page_shows_the_next_one_as_it_stands_and_changes_how_often_it_comes(ada: Person) -> None:
    with clock.pinned(SUNDAY):
        make_reply(make_topic(title="My zip", by=actor_of(ada)))
        client = signed_in(ada)
        page = client.get("/digest/").content.decode()
        assert "My zip" in page
        assert "somebody replied to your topic (100)" in page
        assert client.post("/digest/", {"rhythm": "daily"}).status_code == 303
        row = Digest.objects.get()
        assert (row.rhythm, row.due_at) == ("daily", MONDAY)
        assert client.post("/digest/", {"rhythm": "hourly"}).status_code == 422
        assert Digest.objects.get().rhythm == "daily"
        assert "every morning" in client.get("/notices/wishes/").content.decode()


def test_only_members_choose_and_the_preview_of_a_member_without_a_row_writes_nothing() -> None:
    with pytest.raises(NotAllowed):
        actions.set_rhythm("daily", by=make_actor("Pat", "pending"))
    with pytest.raises(Invalid):
        actions.set_rhythm("often", by=make_actor("Pat"))
    assert signed_in(make_person("New")).get("/digest/").status_code == 200
    assert Digest.objects.count() == 0


def test_it_asks_the_same_number_of_queries_for_one_topic_and_thirty(ada: Person) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            lines(ada)
        return len(found)

    with clock.pinned(SUNDAY):
        make_reply(make_topic(by=actor_of(ada)))
        few = asked()
        for number in range(30):
            make_reply(make_topic(title=f"T{number}", by=actor_of(ada)))
        assert len(lines(ada)) == 12
        assert asked() == few
    assert Topic.objects.count() == 31
    assert Progress.objects.count() == 0
