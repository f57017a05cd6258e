"""Which rules nobody has read at their source for half a year: networks change them without a word.

`python -m stoa.social.networks.aging 2027-06-01` lists those of that day. `bin/check` prints today's beside its results, and does not
fail of them: a day that passes breaks nothing; somebody reads the source again and writes the new day.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from stoa.social.networks.limits import Rules, Source
from stoa.social.networks.protocol import Connector
from stoa.social.networks.registry import connectors

LONGEST, VERSION = 180, 305  # days; who versions an interface serves a version for a year


@dataclass(frozen=True)
class Aged:
    """A source that a network's rules rest on, and for how many days nobody has read it; or the version of an interface that we speak,
    and how old that is."""

    network: str
    source: Source
    days: int
    version: str = ""

    def __str__(self) -> str:
        if self.version:
            named = f"{self.source.address} (version {self.version})"
            return f"{self.network}: {named} is of {self.source.checked}, {self.days} days ago"
        return f"{self.network}: {self.source.address} was last read on {self.source.checked}, {self.days} days ago"


def sources_of(rules: Rules) -> set[Source]:
    pictures = [rules.pictures.source, *(each.source for each in rules.pictures.text)] if rules.pictures else []
    pictures += [each.source for each in (rules.videos, rules.videos_by_hand) if each]
    limits = [each.source for each in rules.text] + [each.source for each in rules.rates]
    limits += [each.source for each in rules.answer_text]
    limits += [rules.same_again.source] if rules.same_again else []
    return {*limits, *(each.source for each in rules.costs), *pictures, rules.link.source}


def aged(on: date, known: Iterable[Connector] | None = None) -> list[Aged]:
    """Those older than that on this day, the oldest first."""
    found = [
        Aged(connector.key, source, (on - source.checked).days)
        for connector in (connectors().values() if known is None else known)
        for source in sources_of(connector.rules)
    ]
    old = [each for each in found if each.days > LONGEST]
    old += [each for each in versions(on, connectors().values() if known is None else known) if each.days > VERSION]
    return sorted(old, key=lambda each: (-each.days, each.network, each.source.address))


def versions(on: date, known: Iterable[Connector]) -> Iterable[Aged]:
    """A connector of a versioned interface says which it speaks: `speaks`, (version, the source with its day)."""
    for connector in known:
        if spoken := getattr(connector, "speaks", None):
            version, source = spoken
            yield Aged(connector.key, source, (on - source.checked).days, version)


def main() -> None:
    for each in aged(date.fromisoformat(sys.argv[1])):
        sys.stdout.write(f"{each}\n")


if __name__ == "__main__":
    main()
