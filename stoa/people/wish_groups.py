"""The page of wishes by groups: what belongs together is chosen at once, in words; each kind by itself where somebody wants it so."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.people.notices import NoticeKind, kind_of
from stoa.people.wishing import Wish, wishes

GROUPS: dict[str, Callable[[], str]] = {
    "answers": lambda: _("Answers to you"),
    "messages": lambda: _("Messages to you"),
    "watched": lambda: _("What you watch and plan"),
    "events": lambda: _("Your events"),
    "meeting": lambda: _("Meeting people"),
    "words": lambda: _("Your words elsewhere"),
    "place": lambda: _("You and this place"),
    "care": lambda: _("Looking after people"),
    "posts": lambda: _("What goes out"),
}
OWN = "own"  # each kind by itself
PRESETS: dict[str, frozenset[str]] = {
    "all": frozenset(("page", "mail", "push")),
    "mail": frozenset(("page", "mail")),
    "push": frozenset(("page", "push")),
    "page": frozenset(("page",)),
    "never": frozenset(),
}  # by which ways each kind of a group is told; what each is told by from the start is the choice "suggested"
Levels = dict[tuple[str, str], str]  # (kind, way): level


@dataclass(frozen=True)
class WishGroup:
    """Kinds that belong together, and the one choice that says how all of them are told; `choices` in words, as a form offers them."""

    key: str
    label: str
    rows: Sequence[Wish]
    choice: str
    choices: Sequence[tuple[str, str]]


def wish_groups(actor: Actor, ways: Collection[str]) -> list[WishGroup]:
    """The groups of which this person can be told anything, in their order, as far as `ways` are asked about. One query."""
    by_key: dict[str, list[Wish]] = {key: [] for key in GROUPS}
    for row in wishes(actor):
        by_key[row.kind.stands_with].append(row)
    found = []
    for key, rows in by_key.items():
        if rows:
            choices = _choices(rows, ways)
            found.append(WishGroup(key, GROUPS[key](), rows, _choice_of(rows, ways, choices), list(choices.items())))
    return found


def levels_by(choice: str, kinds: Collection[NoticeKind], ways: Collection[str]) -> Levels:
    """What a choice says of each of these kinds, by each of these ways. Raises `Invalid`."""
    if choice != "suggested" and choice not in PRESETS:
        raise Invalid(_("That is not a way to be told."))
    return {(kind.key, way): _level(choice, kind, way) for kind in kinds for way in ways}


def chosen_levels(
    kinds: Sequence[str], ways: Sequence[str], said: Mapping[str, str], ticked: Mapping[str, set[str]]
) -> Levels:
    """What a form says: of a group whose choice is another than the one that was shown, that choice; else each kind by what is ticked
    there. So it needs no scripts, and nothing that was ticked is lost."""
    found: Levels = {}
    for key in kinds:
        kind = kind_of(key)
        group = kind.stands_with if kind else ""
        choice = said.get(f"choice-{group}", OWN)
        if kind and choice not in (OWN, said.get(f"was-{group}", "")):
            found |= levels_by(choice, [kind], ways)
        else:
            found |= {(key, way): "at_once" if key in ticked[way] else "never" for way in ways}
    return found


def _level(choice: str, kind: NoticeKind, way: str) -> str:
    if way == "page" and kind.always_told:
        return "at_once"
    if choice == "suggested":
        return kind.default(way)
    return "at_once" if way in PRESETS[choice] else "never"


def _choices(rows: Sequence[Wish], ways: Collection[str]) -> dict[str, str]:
    """Those that can be told apart by these ways, in words; the last is each kind by itself."""
    always = [row.kind.always_told for row in rows]
    named = {
        "suggested": _("As suggested"), "all": _("Here, by mail and on devices"), "mail": _("Here and by mail"),
        "push": _("Here and on devices"), "page": _("Only here"),
        "never": _("Only what must be told") if any(always) else _("Not at all"), OWN: _("One by one"),
    }  # fmt: skip
    hidden = {key for key, told in PRESETS.items() if not told <= {"page", *ways} or (key == "never" and all(always))}
    return {key: words for key, words in named.items() if key not in hidden}


def _choice_of(rows: Sequence[Wish], ways: Collection[str], choices: Collection[str]) -> str:
    """The first of these choices that says of every kind what holds of it."""
    holds = {(row.kind.key, way): row.levels[way] for row in rows for way in ways}
    kinds = [row.kind for row in rows]
    return next((each for each in choices if each != OWN and levels_by(each, kinds, ways) == holds), OWN)
