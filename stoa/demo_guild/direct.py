"""What a few of the Guild's people say to each other directly."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from stoa.demo_guild.reading import duration, table


@dataclass(frozen=True, slots=True)
class Message:
    """One turn."""

    by: str
    body: str
    offset: timedelta


@dataclass(frozen=True, slots=True)
class Exchange:
    """Who is in it, who began it first; who was asked and has not answered; who has not read the last of it."""

    people: tuple[str, ...]
    messages: tuple[Message, ...]
    name: str = ""
    asked: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()


@cache
def exchanges() -> tuple[Exchange, ...]:
    """All of them, each with its messages in their order."""
    return tuple(
        Exchange(
            tuple(row["people"]),
            tuple(
                Message(each["by"], each["body"], duration(each["ago"]) + timedelta(seconds=40 * place))
                for place, each in enumerate(row["message"])
            ),
            row.get("name", ""),
            tuple(row.get("asked", ())),
            tuple(row.get("unread", ())),
        )
        for row in table("direct")["exchange"]
    )
