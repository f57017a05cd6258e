"""The search page: what narrows it is in its address, what was mistyped is mended and said, and nobody learns what they may not read."""

from urllib.parse import quote

import pytest
from django.test import Client

from stoa.community.talk.actions import accept_answer, add_reply, open_topic, take_acceptance_back
from stoa.community.talk.check import check
from stoa.community.talk.models import Topic
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_actor, make_person
from stoa.spaces.tests.makers import make_insider, make_space

pytestmark = pytest.mark.django_db


def open_(space: object, title: str, by: object, kind: str = "discussion") -> Topic:
    return open_topic(space, title=title, source="Some words.", kind=kind, by=by)  # type: ignore[arg-type]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the page was drawn with, the last time."""
    drawn: dict[str, object] = {}
    from stoa.community.talk.views import search

    def render(request: object, template: str, values: dict[str, object], **rest: object) -> object:
        drawn.clear()
        drawn.update(values)
        return real(request, template, values, **rest)  # type: ignore[arg-type]

    real = search.render
    monkeypatch.setattr(search, "render", render)
    return drawn


def asked(client: Client, seen: dict[str, object], question: str) -> tuple[list[str], int]:
    answer = client.get(f"/search/?{question}")
    assert answer.status_code == 200
    return [card.title for card, _, _ in seen["results"]], seen["count"]  # type: ignore[attr-defined,return-value]


def test_a_search_is_narrowed_by_all_that_its_address_says(client: Client, seen: dict[str, object]) -> None:
    ada, bo = make_person("Ada Park"), make_person("Bo")
    clay, wood = make_space("Clay"), make_space("Wood")
    open_(clay, "Kettle one", actor_of(ada), "question")
    open_(clay, "Kettle two", actor_of(bo))
    answered = open_(wood, "Kettle three", actor_of(ada), "question")
    accept_answer(add_reply(answered, source="A lid.", by=actor_of(bo)), by=actor_of(ada))
    client.force_login(ada.account)  # type: ignore[arg-type]
    one, two, three = "Kettle one", "Kettle two", "Kettle three"
    for question, expected in {
        "q=kettle&kind=topics": {one, two, three},
        "q=kettle": {one, two, three},
        "q=kettle&kind=questions": {one, three},
        f"q=kettle&space={clay.shown_id}": {one, two},
        "q=kettle&by=ada": {one, three},
        f"q=kettle&by={bo.shown_id}&kind=topics": {two},
        "q=kettle&answer=answered": {three},
        "q=kettle&answer=settled": {three},
        "q=kettle&answer=waiting": {one, two},
        "q=kettle&kind=questions&answer=waiting&by=Ada+Park": {one},
        "kind=questions": {one, three},
        "q=kettle&since=2999-01-01": set(),
        "q=kettle&until=2000-01-01": set(),
        "q=kettle&order=latest&kind=topics": {one, two, three},
        "q=%22kettle+two%22": {two},
    }.items():
        found, count = asked(client, seen, question)
        assert (set(found), count >= len(expected)) == (expected, True), question
    assert list(check()) == []


def test_the_answer_filter_follows_what_becomes_of_a_question(client: Client, seen: dict[str, object]) -> None:
    ada = make_person("Ada")
    topic = open_(make_space(visibility="public"), "Kettle", actor_of(ada), "question")
    reply = add_reply(topic, source="A lid.", by=make_actor())
    accept_answer(reply, by=actor_of(ada))
    assert asked(client, seen, "q=kettle&answer=settled")[0] == ["Kettle"]
    take_acceptance_back(reply, by=actor_of(ada))
    assert asked(client, seen, "q=kettle&answer=settled")[0] == []
    assert list(check()) == []


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("q=kettle&by=nobody", "Nobody whose name begins so is shown to you."),
        ("q=kettle&by=a", "Several names begin so: Ada, Adam. Write more of it."),
        ("q=kettle&space=zzz", "Select a valid choice"),
        ("q=kettle&since=yesterday", "Enter a valid date."),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field_and_nothing_is_searched(
    client: Client, question: str, words: str
) -> None:
    for name in ("Ada", "Adam"):
        make_person(name, shown_to="everyone")
    open_(make_space(visibility="public"), "Kettle", make_actor())
    page = client.get(f"/search/?{question}").content.decode()
    assert words in page
    assert "Something above needs mending" in page


def test_a_closed_space_is_no_choice_and_its_people_no_name(client: Client) -> None:
    secret = make_space("Obsidian", visibility="secret")
    open_(secret, "Kettle", make_insider(secret, "space.member"))
    page = client.get("/search/").content.decode()
    assert "Obsidian" not in page
    assert "Select a valid choice" in client.get(f"/search/?q=kettle&space={secret.shown_id}").content.decode()


def test_what_was_mistyped_is_mended_and_said(client: Client, seen: dict[str, object]) -> None:
    open_(make_space(visibility="public"), "Kettle", make_actor())
    page = client.get("/search/?q=ketle").content.decode()
    assert "Nothing was found for “ketle”. This was found for “kettle”." in page
    assert (seen["meant"], seen["count"]) == ("kettle", 1)


def test_a_word_of_a_secret_space_is_suggested_to_its_members_alone(client: Client, seen: dict[str, object]) -> None:
    secret = make_space(visibility="secret")
    insider = make_insider(secret, "space.member")
    open_(secret, "Zephyrine", insider)
    inside = Person.objects.get(id=insider.own_id)
    for person, meant in ((None, ""), (make_person("Bo"), ""), (inside, "zephyrine")):
        if person:
            client.force_login(person.account)  # type: ignore[arg-type]
        client.get("/search/?q=zephirine")
        assert seen["meant"] == meant


def test_pages_follow_each_other_without_a_gap(client: Client, seen: dict[str, object]) -> None:
    space, author = make_space(visibility="public"), make_actor()
    for number in range(45):
        open_(space, f"Kettle {number}", author)
    found, address = [], "/search/?q=kettle&kind=topics"
    while address:
        client.get(address)
        found += [card.title for card, _, _ in seen["results"]]  # type: ignore[attr-defined]
        address = str(seen["more"])
    assert sorted(found) == sorted(f"Kettle {number}" for number in range(45))


@pytest.mark.parametrize("text", ["%", "🫖", "a" * 10_000, "'\"; --", "<script>", "שלום עולם", '"', "()[]{}*:^-"])
def test_any_text_is_answered(client: Client, text: str) -> None:
    answer = client.get(f"/search/?q={quote(text)}&by={quote(text[:90])}&after={quote(text)}")
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()
