"""The sweep: every request of every kind of person, asked once and judged three times: by the matrix, for canaries, and byte for byte
against a world without the secret space. And every page's queries."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest

from django.db import connection
from django.test.utils import CaptureQueriesContext

from stoa.base import shell
from tests.access import asking, forms, logs, outputs, rules
from tests.access.asking import Answer
from tests.access.caches import Caches
from tests.access.canaries import Watch
from tests.access.forms import Form
from tests.access.rules import OUTSIDERS, PEOPLE, PUBLIC, VISIBILITIES, Rule, expected
from tests.access.variants import VARIANTS
from tests.access.world import World

BREAKING_GLASS = "/desk/glass/"  # with a reason an owner is given the names, before everybody's eyes
OWN_EVENTS = {("ex-member", "live stream")}  # that they were given a role there, and gave it up
OWN_HISTORY = "/security/export/"  # who has been in a secret space takes along that they were


@dataclass
class Found:
    """How much was asked, and what was not as it must be: sentences."""

    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    bytes: int = 0


@dataclass(frozen=True)
class Asked:
    """One request of one kind of person."""

    person: str
    method: str
    path: str
    form: tuple[tuple[str, str], ...] = ()
    fragment: bool = False

    def __str__(self) -> str:
        form = f" with {dict(self.form)}" if self.form else ""
        return f"{self.method} {self.path}{' (fragment)' if self.fragment else ''}{form} as {self.person}"


@dataclass
class Swept:
    """What the sweep of one world found, and all that those got who may not know of the secret space."""

    matrix: Found = field(default_factory=Found)
    leaks: Found = field(default_factory=Found)
    answers: dict[Asked, bytes] = field(default_factory=dict)
    others: dict[tuple[str, str], bytes] = field(default_factory=dict)


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


def cells(world: World, known: tuple[Rule, ...]) -> Iterator[tuple[Rule, str, str]]:
    """(rule, method, visibility) of every cell of one kind of person."""
    for rule in known:
        for visibility in VISIBILITIES if rule.varies else (PUBLIC,):
            if visibility in world.spaces:
                for method in rule.methods:
                    yield rule, method, visibility


class Sweeper:
    """Asks everything as one kind of person after the other."""

    def __init__(self, world: World, known: tuple[Rule, ...], people: tuple[str, ...], *, besides: bool) -> None:
        self.world, self.known, self.people, self.besides = world, known, people, besides
        self.swept, self.caches = Swept(), Caches()

    def run(self) -> Swept:
        for person in self.people:
            One(self, person).run()
        watch = Watch(self.world, "anonymous")
        for where, content in self.caches.kept():
            self.swept.leaks.asked += 1
            self.swept.leaks.wrong += watch.sentences(content, where)
        return self.swept


class One:
    """One kind of person who asks."""

    def __init__(self, all_of_them: Sweeper, person: str) -> None:
        self.world, self.swept, self.caches = all_of_them.world, all_of_them.swept, all_of_them.caches
        self.known, self.person, self.besides = all_of_them.known, person, all_of_them.besides
        self.browser, self.watch = asking.client(self.world, person), Watch(self.world, person)
        self.reader = Watch(self.world, "log")
        self.nothing: dict[tuple[str, str], Answer] = {}
        self.forms: dict[Form, None] = {}

    def run(self) -> None:
        with logs.heard() as lines:
            for rule, method, visibility in cells(self.world, self.known):
                self.cell(rule, method, visibility)
            if self.besides:
                self.other_outputs()
            self.bad_input()
        for line in lines:
            self.look(line.encode(), f"the log of {self.person}: {line[:200]}", watch=self.reader)

    def other_outputs(self) -> None:
        """What they get besides answers to requests."""
        with asking.unchanged():
            for where, content in outputs.of(self.world, self.person):
                self.look(content, where)
                self.swept.others[self.person, where] = content

    def bad_input(self) -> None:
        """Every form that was drawn for them, with what does not belong into it."""
        for form in self.forms if self.person in OUTSIDERS else ():
            for bait in forms.baits(form, self.world):
                asked = Asked(self.person, "POST", form[0], bait)
                answer = self.ask(asked, f"{form[0]} with what does not belong there")
                if answer.status >= 500:
                    self.swept.matrix.wrong.append(f"{asked} breaks: {answer.body.decode(errors='replace')[:200]}")

    def cell(self, rule: Rule, method: str, visibility: str) -> None:
        """One cell, and what else its page can be asked for."""
        asked = Asked(self.person, method, asking.address(rule, self.world, visibility), tuple(rule.form.items()))
        where = f"{method} {rule.route} ({visibility})"
        answer = self.ask(asked, where)
        outcome, nothing = (
            expected(rule, method, self.person, visibility),
            self.missing(rule, method, visibility, answer),
        )
        self.swept.matrix.asked += 1
        if not asking.amounts_to(answer, outcome, nothing):
            place = f" in a {visibility} space" if rule.varies else ""
            self.swept.matrix.wrong.append(
                f"{method} {rule.route} as {self.person}{place}: expected {outcome.value}, was {answer.status} {answer.location}"
            )
        if method == "GET" and answer.status == 200:
            self.forms |= {form: None for form in forms.drawn(answer.body, asked.path) if form[0] != BREAKING_GLASS}
            if "HX-Request" in answer.vary:
                self.ask(Asked(self.person, method, asked.path, fragment=True), f"{where}, as a fragment")
            for query in VARIANTS.get(rule.route, ()):
                self.ask(Asked(self.person, method, asked.path.split("?")[0] + query), f"{where} {query}")

    def missing(self, rule: Rule, method: str, visibility: str, answer: Answer) -> Answer | None:
        """For a *not found*: the answer for an id that nothing has."""
        if not rule.of or answer.status != 404:
            return None
        if (rule.route, method) not in self.nothing:
            path = asking.address(rule, self.world, visibility, missing=True)
            asked = Asked(self.person, method, path, tuple(rule.form.items()))
            self.nothing[rule.route, method] = self.ask(asked, f"{method} {rule.route} (nothing there)")
        return self.nothing[rule.route, method]

    def ask(self, asked: Asked, where: str) -> Answer:
        """One request: its answer is looked through for canaries, offered to the caches, and kept to be compared."""
        answer = send(self.browser, asked)
        self.look(answer.readable, where, " ".join((asked.path, *(value for _name, value in asked.form))))
        self.caches.offer(self.person, asked.method, asked.path, answer, fragment=asked.fragment)
        if self.person in OUTSIDERS:
            self.swept.answers[asked] = answer.all
        return answer

    def look(self, content: bytes, where: str, sent: str = "", watch: Watch | None = None) -> None:
        """What was `sent` may come back."""
        wrong = (watch or self.watch).sentences(content, where, sent)
        if tells_of_spaces(self.person, sent.split(" ")[0]):
            wrong = [each for each in wrong if "card in" not in each]
        self.swept.leaks.asked += 1
        self.swept.leaks.wrong += wrong


def tells_of_spaces(person: str, path: str) -> bool:
    """Whether this person is told there which closed spaces there are, by right."""
    return (person == "ex-member" and path == OWN_HISTORY) or (person == "owner" and path == BREAKING_GLASS)


def send(browser: asking.Client, asked: Asked) -> Answer:
    return asking.ask(browser, asked.method, asked.path, dict(asked.form), fragment=asked.fragment)


def sweep(
    world: World, known: tuple[Rule, ...] | None = None, people: tuple[str, ...] = PEOPLE, *, besides: bool = True
) -> Swept:
    """Asks everything once, and judges it by the matrix and by its canaries. `besides`: what they get besides answers too."""
    return Sweeper(world, rules.ROUTES if known is None else known, people, besides=besides).run()


def again(world: World, swept: Swept) -> Swept:
    """The same requests and outputs in the world as it is now."""
    other = Swept()
    browsers = {person: asking.client(world, person) for person in {asked.person for asked in swept.answers}}
    for asked in swept.answers:
        other.answers[asked] = send(browsers[asked.person], asked).all
    for person in dict.fromkeys(person for person, _where in swept.others if person in OUTSIDERS):
        with asking.unchanged():
            other.others |= {(person, where): content for where, content in outputs.of(world, person)}
    return other


def differences(one: Swept, other: Swept) -> Found:
    """Where two worlds answer otherwise those who may not know of the secret space."""
    found = Found()
    for asked, answer in one.answers.items():
        if not tells_of_spaces(asked.person, asked.path):
            _compare(found, str(asked), answer, other.answers[asked])
    for key in {key: 0 for key in (*one.others, *other.others) if key[0] in OUTSIDERS and key not in OWN_EVENTS}:
        _compare(found, f"{key[1]} of {key[0]}", one.others.get(key, b""), other.others.get(key, b""))
    return found


def _compare(found: Found, where: str, one: bytes, other: bytes) -> None:
    found.asked += 1
    if one != other:
        found.bytes += sum(a != b for a, b in zip_longest(one, other))
        apart = next(
            (at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
        )
        start = max(0, apart - 20)
        said = f"{one[start : apart + 160]!r} / {other[start : apart + 160]!r}"
        found.wrong.append(f"{where} differs at byte {apart}: {said}")


def queries(world: World, known: tuple[Rule, ...] | None = None) -> dict[str, int]:
    """How many queries each page costs, asked a second time so that nothing is counted that is done once."""
    steward, owner = asking.client(world, "steward"), asking.client(world, "owner")
    counted = {}
    for rule in rules.ROUTES if known is None else known:
        if "GET" in rule.reads.split():
            path = asking.address(rule, world)
            browser = owner if rule.kind is rules.Kind.DESK else steward
            shell.forget_site()  # read by the first asking, so that its half a minute cannot end between the two
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
