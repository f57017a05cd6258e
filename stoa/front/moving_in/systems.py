"""The systems that people move in from, by the word that names each."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stoa.front.moving_in import discourse, members, zulip
from stoa.front.moving_in.van import Van


@dataclass(frozen=True)
class System:
    """`load` fills the van; `addresses` says what an old path may have meant."""

    key: str
    name: str
    load: Callable[[Path, Van], None]
    addresses: Callable[[str], Iterator[tuple[str, str]]]


SYSTEMS = {
    "discourse": System("discourse", "Discourse", discourse.load, discourse.addresses),
    "zulip": System("zulip", "Zulip", zulip.load, zulip.addresses),
    "members": System("members", "CSV", members.load, members.addresses),
}
