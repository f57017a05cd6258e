"""What higher rooms bring to authored text: how names become ids and back, and what a quote shows."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from stoa.base.actors import VISITOR, Actor


@dataclass(frozen=True)
class Name:
    """A person as shown in a text: a name, and the path of their page ("" = no link)."""

    name: str
    address: str = ""


@dataclass(frozen=True)
class QuoteMark:
    """A quote as stored: characters [start, end) of the plain text of the reply `reply_id`."""

    reply_id: int
    start: int
    end: int


@dataclass(frozen=True)
class Quoted:
    """A quote as shown: the words, whose they are, and the path of where they stand."""

    text: str
    by: str = ""
    address: str = ""


# Case-folded names → person ids, for those names that mean one person who may be mentioned.
Resolve = Callable[[Collection[str]], Mapping[str, int]]
Names = Callable[[Collection[int]], Mapping[int, Name]]
# What of these quotes this actor may see; the others are absent.
Quotes = Callable[[Collection[QuoteMark], Actor], Mapping[QuoteMark, Quoted]]


Groups = Callable[[], Mapping[str, str]]


def _nobody(names: Collection[str]) -> Mapping[str, int]:
    return {}


def _nameless(ids: Collection[int]) -> Mapping[int, Name]:
    return {}


def _unquoted(marks: Collection[QuoteMark], actor: Actor) -> Mapping[QuoteMark, Quoted]:
    return {}


_resolve: Resolve = _nobody
_names: Names = _nameless
_quotes: Quotes = _unquoted
_groups: Groups = dict


def plug_people(*, resolve: Resolve, names: Names) -> None:
    """`resolve`: case-folded names to person ids, one query. `names`: person ids to names, one query; the erased are absent."""
    global _resolve, _names
    _resolve, _names = resolve, names


def plug_groups(names: Groups) -> None:
    """`names`: how a group of people is called, by its key."""
    global _groups
    _groups = names


def plug_quotes(quotes: Quotes) -> None:
    """`quotes`: the quotes that an actor may see, at most two queries; what is gone or hidden is absent."""
    global _quotes
    _quotes = quotes


def group_named(key: str) -> str:
    return _groups().get(key, key)


def resolve(names: Collection[str]) -> Mapping[str, int]:
    return _resolve(names) if names else {}


def names_of(ids: Collection[int]) -> Mapping[int, Name]:
    return _names(ids) if ids else {}


def quotes_of(marks: Collection[QuoteMark], actor: Actor = VISITOR) -> Mapping[QuoteMark, Quoted]:
    return _quotes(marks, actor) if marks else {}
