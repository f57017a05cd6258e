"""What the plumbing gives people besides pages: mail as the worker would send it, the live stream, the cards of things."""

from collections.abc import Coroutine, Iterator
from typing import Any
from unittest.mock import patch

from stoa.base import things
from stoa.base.actors import Actor
from stoa.base.live import hub
from stoa.base.live.hub import audible, facts_since
from stoa.base.live.stream import MOST_THINGS, Cursor, Stream
from stoa.base.mail import may_be_sent
from stoa.base.mail.send import message
from stoa.base.models import FactRow, Letter
from stoa.base.things import Reference
from tests.access.world import World

SENT = ("sent", "kept")


def outputs(world: World, kind: str) -> Iterator[tuple[str, bytes]]:
    actor = world.actor(kind)
    yield "live stream", b"".join(streams(actor))
    yield "letters", b"\n\n".join(letters(actor))
    drawn = things.cards(all_things(world), to=actor)
    yield "cards of things", "\n".join(repr(drawn[reference]) for reference in sorted(drawn)).encode()


def all_things(world: World) -> list[Reference]:
    """Everything that the world keeps and everything that anything ever happened to."""
    kept = {(key, made.pk) for (key, _visibility), made in world.objects.items()}
    told = FactRow.objects.exclude(about_id=None).values_list("about_key", "about_id")
    return sorted({*kept, *told})


class AtOnce:
    """A hub that asks without waiting."""

    async def ask(self, question: Any, *arguments: Any) -> Any:
        return question(*arguments)


def streams(actor: Actor) -> Iterator[bytes]:
    """All that this actor would be told who asks after everything from the beginning of time."""
    named = sorted(set(FactRow.objects.exclude(about_id=None).values_list("about_key", "about_id")))
    said: list[bytes] = []

    async def send(sent: dict[str, Any]) -> None:
        said.append(sent["body"])

    with patch.object(hub, "actor_of", lambda _session: actor):
        heard = sorted(audible("", named))
        for start in range(0, len(heard), MOST_THINGS):
            on = set(heard[start : start + MOST_THINGS])
            stream = Stream(AtOnce(), send, "", Cursor(""), on)  # type: ignore[arg-type]
            stream.cursor.newest = 0
            for event in facts_since(0, on):
                without_waiting(stream.tell(event))
    yield from said


def without_waiting(work: Coroutine[Any, Any, None]) -> None:
    """Runs to its end what never waits."""
    try:
        work.send(None)
    except StopIteration:
        return
    raise AssertionError("it waited")


def letters(actor: Actor) -> Iterator[bytes]:
    """The mails that went to this reader; and those to others that the worker would send them, were they addressed to them."""
    if not actor.address:
        return
    for letter in Letter.objects.order_by("id"):
        is_mine = letter.person_id == actor.person_id or letter.address == actor.address
        if (is_mine and letter.state in SENT) or (letter.thing_id and may_be_sent(actor, letter)):
            letter.address = actor.address
            mail = message(letter).message()
            del mail["Date"]
            yield mail.as_bytes()
