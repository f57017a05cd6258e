"""What this room puts into the world of the access tests: guidelines with a draft, and in each space an open and an appealed case."""

from stoa.moderation.actions.appeal import appeal
from stoa.moderation.actions.guidelines import write_norm
from stoa.moderation.models import Clause, GuidelineVersion
from stoa.moderation.tests.makers import make_case, make_decision, make_guidelines, make_report, remarks, say
from stoa.people.tests.makers import actor_of, make_person
from stoa.spaces.tests.makers import give
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility == "public":
        _guidelines(world)
    space = world.spaces[visibility]
    author, reporter, decider = (
        world.get(f"moderation.{each}", "public") for each in ("author", "reporter", "decider")
    )
    for person in (author, reporter):
        give(person, "space.member", space)
    give(decider, "space.moderator", space)
    decided = make_case(say(space, author), by=actor_of(reporter), words=world.words("report.words"))
    decision = make_decision(decided, "warn", by=actor_of(decider))
    world.put("moderation.decision", decision)
    world.put("moderation.appeal", appeal(decision, world.words("appeal.words"), by=actor_of(author)))
    made = make_report(say(space, author), by=actor_of(reporter), words=world.words("report.words"))
    text, example = world.words("norm.text"), world.words("norm.example")
    world.put("moderation.space_norm", write_norm(text, example, space=space, by=world.actor("steward")))
    world.put("moderation.report", made)
    world.put("moderation.case", made.case)


def _guidelines(world: World) -> None:
    remarks()
    for name in ("author", "reporter", "decider"):
        world.put(f"moderation.{name}", make_person(name.title()))
    manager = world.actor("community manager")
    world.put("moderation.version", make_guidelines())
    draft = GuidelineVersion.objects.create(number=2)
    world.put("moderation.clause", Clause.objects.create(version=draft, part=1, item=1, title="Part", text="Words."))
    world.put("moderation.norm", write_norm("Say what you tried.", "I oiled it twice.", by=manager))


def grow(world: World, visibility: str) -> None:
    """Reports by nine more people, in cases of which every third is decided."""
    space, decider = world.spaces[visibility], make_person("Deciding")
    give(decider, "space.moderator", space)
    for number in range(9):
        reporter = make_person(f"Reporting {number}")
        give(reporter, "space.member", space)
        case = make_case(space, by=actor_of(reporter))
        if number % 3 == 2:
            make_decision(case, "warn", by=actor_of(decider))
