"""What somebody still gets after a change: every page of the world's objects, every list, the search, the stream, files, feeds, mail."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from stoa.base import clock, search
from stoa.base.live import who_may_hear
from stoa.base.models.letter import Letter
from stoa.base.things import Reference
from stoa.base.work.drain import drain
from stoa.people.actions.notice import tell
from stoa.people.actions.profile import follow
from stoa.people.models import Notice
from stoa.spaces.readers import search_readable
from tests.access import asking
from tests.access.rules import PUBLIC, ROUTES, STAFF, Kind, Rule
from tests.access.world import World, still

LISTS = (
    "/topics/",
    "/topics/?list=mine",
    "/topics/?list=unanswered",
    "/events/",
    "/events/?list=mine",
    "/events/?list=past",
)
PIECES = ("talk.topic", "gather.event", "spaces.space")
KINDS = {
    "talk.topic": "talk.reply",
    "talk.reply": "talk.mention",
    "gather.event": "gather.changed",
    "spaces.space": "spaces.application",
}


def addresses(world: World, visibility: str, person: str) -> list[str]:
    """Every page of this visibility's objects, and every page that lists things (the desk's for staff), besides the sign-in's own."""
    found = [
        asking.address(rule, world, visibility)
        for rule in ROUTES
        if "GET" in rule.methods and (rule.varies or not rule.of) and may_list(rule, person)
    ]
    return list(dict.fromkeys([*found, *LISTS]))


def may_list(rule: Rule, person: str) -> bool:
    if rule.kind is Kind.DESK:
        return person in STAFF
    return rule.kind is not Kind.TOKEN and not rule.route.startswith(
        ("account_", "mfa_", "plaza:", "web_feed:", "newsletter:")
    )


def gets(world: World, person: str, visibility: str) -> Iterator[tuple[str, bytes]]:
    """(where, bytes) of all that this kind of person reads now: pages, and the search without its page."""
    browser = asking.client(world, person)
    for address in addresses(world, visibility, person):
        yield address, asking.ask(browser, "GET", address).all
    hits = search.query("kanari", to=search_readable(world.actor(person)), limit=200)
    yield "search", "\n".join(f"{hit.title} {hit.body}" for hit in hits).encode()


def canaries(world: World, visibility: str, *words: str, card: bool = False) -> list[bytes]:
    """The canaries of one space: of texts whose place begins with one of `words` (all when there are none); with `card` its card's too.
    Those of the networks that live here and the name of a role lie in no space."""
    return [
        canary.encode()
        for canary, (where, what) in world.canaries.items()
        if where == visibility and (card or what != "card") and what.startswith(words or ("",))
        if not what.startswith(("plaza", "web_feed", "newsletter")) and what != "role"
    ]


def found(world: World, person: str, visibility: str, forbidden: list[bytes]) -> list[str]:
    """Where this kind of person still meets one of those texts."""
    return [where for where, said in gets(world, person, visibility) if any(each in said for each in forbidden)]


def concern(world: World, person: str, *things: Reference) -> list[int]:
    """Follows these things and is told of each by a letter that is still on its way. Gives the letters' ids."""
    Notice.objects.filter(person=world.people[person]).update(read_at=clock.now())
    before = set(Letter.objects.values_list("id", flat=True))
    for thing in things:
        follow(thing, "watch", by=world.actor(person))
        tell([world.people[person].id], KINDS[thing[0]], thing, by=world.actor("steward"))
    return sorted(set(Letter.objects.values_list("id", flat=True)) - before)


def send(letters: list[int]) -> set[str]:
    """Lets the worker send what is due, and says what became of these letters."""
    with clock.moved(by=timedelta()):
        drain()
    return set(Letter.objects.filter(id__in=letters).values_list("state", flat=True))


def hears(world: World, person: str, *things: Reference) -> list[Reference]:
    """Of which of these things the live stream would tell this kind of person now."""
    return [thing for thing in things if who_may_hear(world.actor(person), *thing)]


def acts(world: World, person: str, visibility: str, *, only: Any = None) -> dict[str, int]:
    """The answers to every act in this space (and, in the public one, of the desk) that this kind of person tries."""
    browser, answers = asking.client(world, person), {}
    for rule in ROUTES:
        if (not rule.varies and visibility != PUBLIC) or (only is not None and not only(rule)):
            continue
        for method in set(rule.acts.split()) - {"GET"}:
            answer = asking.ask(browser, method, asking.address(rule, world, visibility), rule.form)
            answers[f"{method} {rule.route}"] = answer.status
    return answers


__all__ = ["PIECES", "STAFF", "acts", "addresses", "canaries", "concern", "found", "gets", "hears", "send", "still"]
