"""What this room puts into the world of the access tests: somebody to look at, somebody to block, a question, a notice."""

from collections.abc import Iterator

from stoa.base import clock
from stoa.people.models import (
    Bookmark,
    Device,
    DoorQuestion,
    DoorQuestionWords,
    Draft,
    Notice,
    ProfileAnswer,
    ProfileField,
    ProfileLink,
)
from stoa.people.notices import all_kinds
from stoa.people.reading import ShownNotice, drawn, notices_page
from stoa.people.tests.makers import make_person, make_session
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    world.put("people.insider", world.people["space member"])
    draft = {"place": f"reply-{visibility}", "source": world.words("draft.text"), "title": world.words("draft.title")}
    Draft.objects.create(person=world.people["space member"], **draft)
    thing = {"thing_key": "spaces.space", "thing_id": world.spaces[visibility].id}
    Bookmark.objects.create(person=world.people["space member"], note=world.words("bookmark.note"), **thing)
    say_what_few_may_read(world, visibility)
    if visibility != "public":
        return
    world.put("people.person", world.people["member"])
    world.put("people.other", make_person("Other"))
    question = DoorQuestion.objects.create(order=1)
    DoorQuestionWords.objects.create(question=question, language="en", label="What do you hope for?")
    world.put("people.question", question)
    other, thing = world.get("people.other", "public"), world.people["member"].id
    notice = Notice.objects.create(person=other, kind="spaces.decided", thing_key="people.person", thing_id=thing)
    world.put("people.notice", notice)
    link = {"address": "https://other.example/", "proven_at": clock.now(), "checked_at": clock.now()}
    world.put("people.link", ProfileLink.objects.create(person=other, **link))
    ProfileLink.objects.create(person=world.people["member"], **link)
    device = {"name": "Telephone", "endpoint": "https://push.example/1", "digest": "0" * 64, "p256dh": "", "auth": ""}
    session = make_session(other)
    world.put("people.device", Device.objects.create(person=other, session_id=session, **device))


def say_what_few_may_read(world: World, visibility: str) -> None:
    """Somebody in the space answers what is shown to nobody else."""
    if visibility == "public":
        world.put("people.field", ProfileField.objects.create(label="Kept to oneself", kind="choices", shown_to="self"))
    words = world.words("profile.answer")
    ProfileAnswer.objects.create(
        person=world.people["space member"],
        field=ProfileField.objects.get(label="Kept to oneself"),
        text=words,
        folded=words.casefold()[:200],
    )


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        for number in range(18):
            make_person(f"Number {number}")


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    """Their notices; and what notices of every kind about everything would say, as when sight was lost after they were given."""
    if kind not in world.people:
        return
    actor = world.actor(kind)
    yield "notices", "\n".join(said(each) for each in notices_page(actor).notices).encode()
    things = sorted({(key, made.pk) for (key, _visibility), made in world.objects.items()})
    given = [
        Notice(person_id=actor.person_id, kind=kind, thing_key=key, thing_id=number, by_id=world.people["steward"].id)
        for kind in all_kinds()
        for key, number in things
    ]
    yield "notices of everything", "\n".join(said(each) for each in drawn(given, actor)).encode()


def said(shown: ShownNotice) -> str:
    return f"{shown.sentence} {shown.what_to_do} {shown.card} {shown.name}"
