"""Two versions of the guidelines beside each other, clause by clause and word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from stoa.moderation.models import Clause, GuidelineVersion


@dataclass(frozen=True)
class Change:
    """What became of one clause: "new", "gone", "changed" or "same"; `words` marks what was put in and taken out."""

    number: str
    title: str
    kind: str
    words: Markup


def compare(before: GuidelineVersion | None, after: GuidelineVersion) -> list[Change]:
    """All clauses of both versions by number. Two queries."""
    old = {(clause.part, clause.item): clause for clause in before.clauses.all()} if before else {}
    new = {(clause.part, clause.item): clause for clause in after.clauses.all()}
    return [_change(old.get(place), new.get(place)) for place in sorted({*old, *new})]


def _change(old: Clause | None, new: Clause | None) -> Change:
    shown = new or old
    if shown is None:
        raise ValueError("a change is of a clause")
    before, after = old.text if old else "", new.text if new else ""
    kind = "new" if old is None else "gone" if new is None else "same" if before == after else "changed"
    return Change(shown.number, shown.title, kind, marked(before, after))


def marked(before: str, after: str) -> Markup:
    """The later text with `<ins>` and `<del>`, by words."""
    old, new = re.findall(r"\S+|\s+", before), re.findall(r"\S+|\s+", after)
    said = Markup()
    for act, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if act != "equal" and (gone := "".join(old[a:b])):
            said += Markup("<del>{}</del>").format(gone)
        if kept := "".join(new[c:d]):
            said += escape(kept) if act == "equal" else Markup("<ins>{}</ins>").format(kept)
    return said
