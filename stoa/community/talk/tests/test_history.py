"""What stood in a topic or a reply before it was changed: kept, compared, removed, erased."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from stoa.base import clock
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow
from stoa.base.options import set_option
from stoa.base.text.differences import Passage, differences
from stoa.community.talk import actions
from stoa.community.talk.history import PAGE, history_of
from stoa.community.talk.keeping import KEEPING
from stoa.community.talk.models import Version
from stoa.community.talk.tests.makers import make_reply, make_topic
from stoa.people.models import Person
from stoa.people.tests.makers import make_actor
from stoa.spaces.tests.makers import make_space, make_staff

LATER = timedelta(minutes=6)


def told(before: str, after: str) -> list[tuple[str, str]]:
    return [(each.sort, each.words) for each in differences(before, after)]


def test_a_difference_is_told_word_by_word() -> None:
    assert told("The red kettle leaks.", "The blue kettle leaks.") == [
        ("same", "The "),
        ("out", "red"),
        ("in", "blue"),
        ("same", " kettle leaks."),
    ]


def test_neighbouring_words_are_told_as_one_passage() -> None:
    assert told("one two three", "one zwei drei") == [("same", "one "), ("out", "two three"), ("in", "zwei drei")]


def test_scripts_without_blanks_differ_by_characters() -> None:
    assert told("水が漏れる", "湯が漏れる") == [("out", "水"), ("in", "湯"), ("same", "が漏れる")]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "new"), ("old", ""), ("a\nb\nc", "a\nc\nd\n"), ("x y " * 900, "y x " * 900), ("é\t—", "e —")],
)
def test_the_passages_make_up_both_texts(before: str, after: str) -> None:
    found = differences(before, after)
    assert "".join(each.words for each in found if each.sort != "in") == before
    assert "".join(each.words for each in found if each.sort != "out") == after


def test_a_passage_too_long_to_compare_is_told_whole() -> None:
    assert [each.sort for each in differences("a " * 900, "b " * 900)] == ["out", "in"]


def test_many_small_changes_share_one_allowance() -> None:
    before = "".join(f"{number}\n{'a.b.' * 25}\n" for number in range(100))
    after = "".join(f"{number}\n{'b.a.' * 25}\n" for number in range(100))
    told_words = [each.words for each in differences(before, after) if each.sort == "in"]
    assert (told_words.count("b."), told_words.count("b.a." * 25 + "\n")) == (39, 61)
    assert "".join(each.words for each in differences(before, after) if each.sort != "out") == after


def test_a_text_of_very_many_lines_is_told_as_one_passage() -> None:
    before, after = "a\n" * 4_001, "b\n" + "a\n" * 4_000
    assert told(before, after) == [("out", before), ("in", after)]


@pytest.mark.django_db
def test_a_change_in_the_first_minutes_is_not_kept_while_nobody_answered() -> None:
    ada = make_actor("Ada")
    topic = make_topic(by=ada)
    actions.edit_topic(topic, title="Zip freed", source="It moves.", by=ada)
    assert (topic.edited_at, Version.objects.count()) == (None, 0)
    make_reply(topic)
    actions.edit_topic(topic, title="Zip freed", source="It moves now.", by=ada, why="  said  more ")
    kept = Version.objects.get()
    assert (kept.title, kept.source, kept.why, kept.changed_at) == (
        "Zip freed",
        "It moves.",
        "said more",
        topic.edited_at,
    )


@pytest.mark.django_db
def test_after_the_first_minutes_each_change_is_kept_and_nothing_for_no_change() -> None:
    ben = make_actor("Ben")
    reply = make_reply(make_topic(), source="Rub a pencil.", by=ben)
    with clock.moved(by=LATER):
        actions.edit_reply(reply, source="Rub a candle.", by=ben)
        actions.edit_reply(reply, source="Rub a candle.", by=ben)
        actions.edit_reply(reply, source="Rub some wax.", by=ben)
    history = history_of(reply)
    assert [each.text for each in history.changes] == [
        [Passage("same", "Rub "), Passage("out", "a candle"), Passage("in", "some wax"), Passage("same", ".")],
        [Passage("same", "Rub a "), Passage("out", "pencil"), Passage("in", "candle"), Passage("same", ".")],
    ]


@pytest.mark.django_db
def test_a_long_history_goes_on_over_pages_without_gap() -> None:
    ben = make_actor("Ben")
    reply = make_reply(make_topic(), source="0", by=ben)
    with clock.moved(by=LATER):
        for number in range(1, PAGE + 4):
            actions.edit_reply(reply, source=str(number), by=ben)
    first = history_of(reply)
    second = history_of(reply, first.more)
    taken = [each.text[0].words for each in [*first.changes, *second.changes] if each.text]
    assert (taken, second.more) == ([str(number) for number in reversed(range(PAGE + 3))], "")


@pytest.mark.django_db
def test_a_reason_that_is_too_long_changes_nothing() -> None:
    ada = make_actor("Ada")
    topic = make_topic(by=ada)
    with pytest.raises(Invalid):
        actions.edit_topic(topic, title="y", source="y", by=ada, why="w" * 121)
    topic.refresh_from_db()
    assert (topic.title, Version.objects.count()) == ("Zip stuck", 0)


@pytest.mark.django_db
def test_a_moderator_removes_a_version_and_nothing_of_its_words_stays() -> None:
    ben = make_actor("Ben")
    reply = make_reply(make_topic(), source="My number is 4711.", by=ben)
    with clock.moved(by=LATER):
        actions.edit_reply(reply, source="Write to me.", by=ben)
    version = Version.objects.select_related("topic__space").get()
    with pytest.raises(NotAllowed):
        actions.remove_version(version, by=ben)
    moderator = make_staff("moderator")
    actions.remove_version(version, by=moderator)
    version.refresh_from_db()
    assert (version.source, version.title, version.removed_by_id) == ("", "", moderator.person_id)
    assert [each.text for each in history_of(reply).changes] == [None]
    assert FactRow.objects.filter(name="talk.version_removed").count() == 1


@pytest.mark.django_db
def test_the_page_escapes_what_was_written_and_is_for_whom_the_organisation_allows(client: Client) -> None:
    ada = make_actor("Ada")
    topic = make_topic(make_space(visibility="public"), source="<script>old</script>", by=ada)
    with clock.moved(by=LATER):
        actions.edit_topic(topic, title="Zip stuck", source="<script>new</script>", by=ada)
    address = reverse("talk:topic_history", kwargs={"topic_id": topic.id})
    page = client.get(address).content.decode()
    assert "&lt;script&gt;<del>old</del><ins>new</ins>&lt;/script&gt;" in page
    set_option("talk.history_for", "author", by=make_staff("owner"))
    assert client.get(address).status_code == 403


@pytest.mark.django_db
def test_who_leaves_leaves_no_version_behind() -> None:
    ben = make_actor("Ben")
    topic = make_topic()
    reply = make_reply(topic, source="Mine, first.", by=ben)
    with clock.moved(by=LATER):
        actions.edit_reply(reply, source="Mine, second.", by=ben)
    person = Person.objects.get(id=ben.person_id)
    assert [each["text"] for each in KEEPING.export(person)["former_versions"]] == ["Mine, first."]
    KEEPING.erase(person)
    assert Version.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("act", ["hide", "withdraw"])
def test_what_stood_in_a_reply_that_is_gone_is_for_its_author_and_moderators_alone(client: Client, act: str) -> None:
    ben = make_actor("Ben")
    reply = make_reply(make_topic(make_space(visibility="public")), source="The old words.", by=ben)
    with clock.moved(by=LATER):
        actions.edit_reply(reply, source="The new words.", by=ben)
    moderator = make_staff("moderator")
    if act == "hide":
        actions.hide_reply(reply, by=moderator)
    else:
        actions.withdraw_reply(reply, by=ben)
    address = reverse("talk:reply_history", kwargs={"reply_id": reply.id})
    answers = [client.get(address).status_code]
    for reader in (make_actor("Cleo"), ben, moderator):
        client.force_login(Person.objects.get(id=reader.own_id).account)
        answers.append(client.get(address).status_code)
    assert answers == [404, 404, 200, 200]


@pytest.mark.django_db
def test_a_removed_version_is_in_no_page_and_no_neighbour_tells_it(client: Client) -> None:
    ben = make_actor("Ben")
    topic = make_topic(make_space(visibility="public"), title="First title", source="First text.", by=ben)
    with clock.moved(by=LATER):
        actions.edit_topic(topic, title="Secret title", source="Secret text.", by=ben, why="first why")
        actions.edit_topic(topic, title="Last title", source="Last text.", by=ben, why="secret why")
    secret = Version.objects.select_related("topic__space").get(title="Secret title")
    actions.remove_version(secret, by=make_staff("moderator"))
    page = client.get(reverse("talk:topic_history", kwargs={"topic_id": topic.id})).content.decode().casefold()
    assert [words in page for words in ("secret", "first text", "first title", "first why")] == [
        False,
        False,
        False,
        True,
    ]


@pytest.mark.django_db
def test_that_something_was_changed_leads_to_its_history_only_for_who_may_read_it(client: Client) -> None:
    ada = make_actor("Ada")
    topic = make_topic(make_space(visibility="public"), by=ada)
    reply = make_reply(topic, by=ada)
    with clock.moved(by=LATER):
        actions.edit_topic(topic, title="Zip", source="New.", by=ada)
        actions.edit_reply(reply, source="New.", by=ada)
    topic_history = reverse("talk:topic_history", kwargs={"topic_id": topic.id})
    reply_history = reverse("talk:reply_history", kwargs={"reply_id": reply.id})
    open_page = client.get(topic.get_absolute_url()).content.decode()
    set_option("talk.history_for", "author", by=make_staff("owner"))
    closed_page = client.get(topic.get_absolute_url()).content.decode()
    assert [each in open_page for each in (topic_history, reply_history)] == [True, True]
    assert [each in closed_page for each in (topic_history, reply_history)] == [False, False]
    assert closed_page.count("edited") == 2
    client.force_login(Person.objects.get(id=ada.own_id).account)
    own_page = client.get(topic.get_absolute_url()).content.decode()
    assert [each in own_page for each in (topic_history, reply_history)] == [True, True]
