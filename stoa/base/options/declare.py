"""Declaring an option: key, default (whose type is the option's), sentence, limits."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.models.option import OptionRow
from stoa.base.standing_queries import first, standing

V = TypeVar("V", bool, int, float, str)
LONGEST = 2000  # characters of a text
WIDEST = 10**15  # of a number without a limit of its own: what JSON keeps exactly on both databases


@dataclass(frozen=True)
class Option(Generic[V]):
    """One option. `least` and `most` limit a number, `choices` a text. `sentence` says what it does, for the desk and the papers."""

    key: str
    default: V
    sentence: str
    least: float | None = None
    most: float | None = None
    choices: Sequence[str] = ()

    @property
    def kind(self) -> type[V]:
        return type(self.default)

    def get(self) -> V:
        """The value now: as changed at the desk, or the default. One query."""
        row = first(standing(row_of, shape=(self.key,)))
        return self.default if row is None else self.checked(row.value)

    def checked(self, value: Any) -> V:
        """The value as its type. Raises `Invalid`, which says what fits, when it is none or outside of the limits."""
        if self.kind is float and type(value) is int:
            value = float(value) if abs(value) <= WIDEST else math.inf
        if type(value) is not self.kind or not (self._may_say(value) if isinstance(value, str) else self._spans(value)):
            raise Invalid(self.takes(), field=self.key)
        return value

    def takes(self) -> str:
        """What may be given, in a sentence."""
        if self.kind is bool:
            return _("This is either on or off.")
        if self.kind is str and self.choices:
            return _("This takes one of: %(choices)s.") % {"choices": ", ".join(self.choices)}
        if self.kind is str:
            return _("This takes at most %(most)s characters that can be read.") % {"most": LONGEST}
        kind = _("a whole number") if self.kind is int else _("a number")
        least, most = (_plain(each) for each in (self.least, self.most))
        if least and most:
            return _("This takes %(kind)s from %(least)s to %(most)s.") % {"kind": kind, "least": least, "most": most}
        if least:
            return _("This takes %(kind)s, at least %(least)s.") % {"kind": kind, "least": least}
        return _("This takes %(kind)s, at most %(most)s.") % {"kind": kind, "most": most or _plain(WIDEST)}

    def _may_say(self, text: str) -> bool:
        """Neither database keeps a NUL or half a character pair in JSON."""
        can_be_kept = "\0" not in text and not any("\ud800" <= each <= "\udfff" for each in text)
        return can_be_kept and len(text) <= LONGEST and (not self.choices or text in self.choices)

    def _spans(self, number: float) -> bool:
        """Neither infinite nor no number: those stand between no two limits."""
        least = -WIDEST if self.least is None else self.least
        return least <= number <= (WIDEST if self.most is None else self.most)


def row_of(key: str) -> QuerySet[OptionRow]:
    return OptionRow.objects.filter(key=key).order_by("id")[:1]


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:.15g}"


_options: dict[str, Option[Any]] = {}


def option(
    key: str,
    default: V,
    sentence: str,
    *,
    least: float | None = None,
    most: float | None = None,
    choices: Sequence[str] = (),
) -> Option[V]:
    """Declares an option under "room.name". Its type is the default's."""
    if key in _options:
        raise ValueError(f"two options are called {key}")
    made = Option(key, default, sentence, least, most, choices)
    made.checked(default)
    _options[key] = made
    return made


def all_options() -> list[Option[Any]]:
    """Every option, by key."""
    return [_options[key] for key in sorted(_options)]


def find(key: str) -> Option[Any] | None:
    return _options.get(key)


def values() -> dict[str, Any]:
    """Every option's value now, in one query: for the desk's page."""
    changed = dict(OptionRow.objects.values_list("key", "value"))
    return {each.key: changed.get(each.key, each.default) for each in all_options()}
