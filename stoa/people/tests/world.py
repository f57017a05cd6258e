"""What this room puts into the world of the access tests: somebody to look at, somebody to block, a question, a notice."""

from stoa.people.models import DoorQuestion, DoorQuestionWords, Notice
from stoa.people.tests.makers import make_person
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    world.put("people.insider", world.people["space member"])
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


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        for number in range(18):
            make_person(f"Number {number}")
