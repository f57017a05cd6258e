"""The sweeps: every cell of the matrix, every canary in every output, every page in two worlds, every page's queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access import asking, rules
from tests.access.rules import OUTSIDERS, PEOPLE, PUBLIC, VISIBILITIES, Rule, expected
from tests.access.world import World, rooms_worlds

OWN_HISTORY = "/security/export/"  # who has been in a secret space takes along that they were


@dataclass
class Found:
    """How much was asked, and what was not as it must be: sentences."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    bytes: int = 0


def without_rule(routes: dict[str, list[str]], known: tuple[Rule, ...]) -> list[str]:
    """Routes without a line in rules.py, each with the line to add; and lines without a route."""
    listed = {rule.route for rule in known} | (set(rules.UNASKED) & set(routes))
    missing = [
        f"tests/access/rules.py: add to ROUTES: {_line(name, given)}"
        for name, given in routes.items()
        if name not in listed
    ]
    return missing + [f"tests/access/rules.py: {name} is no route any more" for name in sorted(listed - set(routes))]


def _line(name: str, arguments: list[str]) -> str:
    of = ", ".join(f'"{argument}": "{name.split(":")[0]}.{argument.removesuffix("_id")}"' for argument in arguments)
    kind = "Kind.CONTENT" if arguments else "Kind.MEMBERS"
    return f'Rule("{name}", {kind}' + (f", of={{{of}}})," if of else "),")


def cells(world: World, known: tuple[Rule, ...]) -> Iterator[tuple[Rule, str, str, str]]:
    """(rule, method, kind of person, visibility) of every cell."""
    for rule in known:
        for visibility in VISIBILITIES if rule.varies else (PUBLIC,):
            if visibility in world.spaces:
                for person in PEOPLE:
                    for method in rule.methods:
                        yield rule, method, person, visibility


def matrix(world: World, known: tuple[Rule, ...] | None = None) -> Found:
    """Asks every cell and compares with what the rules expect."""
    found = Found()
    browsers = {person: asking.client(world, person) for person in PEOPLE}
    for rule, method, person, visibility in cells(world, rules.ROUTES if known is None else known):
        answer = asking.ask(browsers[person], method, asking.address(rule, world, visibility), rule.form)
        nothing = None
        if rule.of and answer.status == 404:
            nothing = asking.ask(browsers[person], method, asking.address(rule, world, visibility, missing=True))
        outcome = expected(rule, method, person, visibility)
        found.asked += 1
        if not asking.amounts_to(answer, outcome, nothing):
            where = f" in a {visibility} space" if rule.varies else ""
            found.wrong.append(
                f"{method} {rule.route} as {person}{where}: expected {outcome.value}, was {answer.status} {answer.location}"
            )
    return found


def may_know(person: str, visibility: str, where: str) -> bool:
    """Whether this kind of person may meet a canary."""
    return rules.knows_of(person, visibility) if where == "card" else rules.reads(person, visibility)


def canaries(world: World, known: tuple[Rule, ...] | None = None) -> Found:
    """Looks for every canary that a kind of person may not know, in every answer to a read and in what rooms say they get besides."""
    found = Found()
    for person in PEOPLE:
        forbidden = [(c.encode(), at) for c, at in world.canaries.items() if not may_know(person, *at)]
        for where, output in outputs(world, person, rules.ROUTES if known is None else known):
            found.asked += 1
            found.wrong += [
                f"{person} finds the {at[0]} {at[1]} in {where}" for canary, at in forbidden if canary in output
            ]
    return found


def outputs(world: World, person: str, known: tuple[Rule, ...]) -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of all that one kind of person can get."""
    browser = asking.client(world, person)
    for rule in known:
        for visibility in VISIBILITIES if rule.varies else (PUBLIC,):
            if visibility not in world.spaces:
                continue
            path = asking.address(rule, world, visibility)
            for method in rule.methods:
                yield f"{method} {rule.route} ({visibility})", asking.ask(browser, method, path, rule.form).all
    for room in rooms_worlds():
        if hasattr(room, "outputs"):
            yield from room.outputs(world, person)


def script(world: World, known: tuple[Rule, ...]) -> list[tuple[str, str]]:
    """(method, address) of the fixed script: every route, for what every visibility has, and for ids that nothing has."""
    asked = []
    for rule in known:
        for visibility in VISIBILITIES if rule.varies else (PUBLIC,):
            if visibility in world.spaces:
                asked += [(method, asking.address(rule, world, visibility)) for method in rule.methods]
        if rule.of:
            asked += [(method, asking.address(rule, world, missing=True)) for method in rule.methods]
    return asked


def answers(
    world: World, asked: list[tuple[str, str]], people: tuple[str, ...] = OUTSIDERS
) -> dict[tuple[str, str, str], bytes]:
    """The bytes of every answer of the script, for each kind of person who may not know of the secret space."""
    told = {}
    for person in people:
        browser = asking.client(world, person)
        for method, path in asked:
            if person == "ex-member" and path == OWN_HISTORY:
                continue
            told[person, method, path] = asking.ask(browser, method, path).all
    return told


def differences(one: dict[tuple[str, str, str], bytes], other: dict[tuple[str, str, str], bytes]) -> Found:
    """Where two worlds answer otherwise."""
    wrong, apart_in_all = [], 0
    for key in one:
        if one[key] != other[key]:
            pairs = zip_longest(one[key], other[key])
            apart_in_all += sum(a != b for a, b in pairs)
            apart = next((at for at, (a, b) in enumerate(zip(one[key], other[key], strict=False)) if a != b), 0)
            person, method, path = key
            wrong.append(f"{method} {path} as {person} differs at byte {apart}: {one[key][apart - 20 : apart + 40]!r}")
    return Found(len(one), wrong, apart_in_all)


def queries(world: World, known: tuple[Rule, ...] | None = None) -> dict[str, int]:
    """How many queries each page costs, asked a second time so that nothing is counted that is done once."""
    steward, owner = asking.client(world, "steward"), asking.client(world, "owner")
    counted = {}
    for rule in rules.ROUTES if known is None else known:
        if "GET" in rule.reads.split():
            path = asking.address(rule, world)
            browser = owner if rule.kind is rules.Kind.DESK else steward
            asking.ask(browser, "GET", path)
            with CaptureQueriesContext(connection) as seen:
                asking.ask(browser, "GET", path)
            counted[rule.route] = sum(
                not query["sql"].startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")) for query in seen
            )
    return counted


def growing(before: dict[str, int], after: dict[str, int], ceilings: dict[str, int]) -> list[str]:
    """Pages over their ceiling, without one, or that ask more when there is more."""
    wrong = []
    for route, count in before.items():
        if route not in ceilings:
            wrong.append(f'tests/access/ceilings.py: add "{route}": {max(count, after[route])},')
        elif max(count, after[route]) > ceilings[route]:
            wrong.append(f"{route} asks {max(count, after[route])} queries; its ceiling is {ceilings[route]}")
        if after[route] > count:
            wrong.append(f"{route} asks {count} queries, and {after[route]} when there is ten times as much")
    return wrong
