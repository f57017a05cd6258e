"""Declaring an option: key, default (whose type is the option's), sentence, limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.utils.translation import gettext as _

from stoa.base.errors import Invalid
from stoa.base.models.option import OptionRow

V = TypeVar("V", bool, int, float, str)
LONGEST = 2000  # characters of a text


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
        row = OptionRow.objects.filter(key=self.key).first()
        return self.default if row is None else self.checked(row.value)

    def checked(self, value: Any) -> V:
        """The value as its type. Raises `Invalid` when it is none, or outside of the limits."""
        if self.kind is float and type(value) is int:
            value = float(value)
        if type(value) is not self.kind:
            raise self._invalid()
        if isinstance(value, str) and ((self.choices and value not in self.choices) or len(value) > LONGEST):
            raise self._invalid()
        if isinstance(value, int | float) and not isinstance(value, bool):
            if value != value or (self.least is not None and value < self.least):
                raise self._invalid()
            if self.most is not None and value > self.most:
                raise self._invalid()
        return value

    def _invalid(self) -> Invalid:
        return Invalid(_("This option does not take that value."), _("See the sentence beside it."), self.key)


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
