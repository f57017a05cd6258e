"""By hand: what connectors share when a person is the transport. Plain words and addresses; nobody is spoken to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from stoa.social.networks.protocol import ABILITIES, Layout, Measure, Outgoing, Rules, Seen

ASKED = "where the network asks for it"
UNSPOKEN = "its documents alone: nothing here speaks to this network"


def usual_steps(
    network: str, outgoing: Outgoing, *, last: tuple[str, ...] = (), describes: str = ASKED
) -> tuple[str, ...]:
    """What is done by hand on most networks, in order; `describes`: where pictures are described (empty: nowhere); `last`: before it is
    sent off."""
    shown = len(outgoing.pictures)
    pictures = ("Save the picture.",) if shown == 1 else (f"Save the {shown} pictures.",) if shown else ()
    described = bool(describes) and any(picture.alt for picture in outgoing.pictures)
    film = outgoing.video is not None
    return (
        *pictures,
        *(("Save the video.",) if film else ()),
        f"Copy the text, open {network} and begin a new post.",
        *(("Add the pictures in this order." if shown > 1 else "Add the picture.",) if shown else ()),
        *(("Add the video.",) if film else ()),
        *((f"Paste each picture’s description {describes}.",) if described else ()),
        "Paste the text.",
        *last,
        "Send it off, then copy its address from there and paste it below.",
    )


def is_at(address: str, hosts: tuple[str, ...]) -> bool:
    """Whether this is an address of one of these hosts, or of a host below one of them. Without hosts any will do."""
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return False
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return False
    name = parts.hostname.lower()
    return not hosts or any(name == host or name.endswith(f".{host}") for host in hosts)


def seen_in(address: str, hosts: tuple[str, ...], *patterns: str) -> Seen | None:
    """The first pattern that fits: the path, "//host/path" or "/path?query". Its groups are `id` and, where there is one, `handle`."""
    if not is_at(address, hosts):
        return None
    parts = urlsplit(address.strip())
    shapes = (parts.path, f"//{parts.hostname}{parts.path}", f"{parts.path}?{parts.query}")
    for pattern in patterns:
        if found := next((each for shape in shapes if (each := re.fullmatch(pattern, shape, re.IGNORECASE))), None):
            told = found.groupdict()
            return Seen(told["id"], _plain(told.get("handle") or ""))
    return None


def _plain(handle: str) -> str:
    """A handle that people know: an account's number tells nobody whose it is."""
    return "" if handle.isdigit() or handle.startswith("did:") else handle


def local(handle: str) -> str:
    """What stands before the domain: an account may be known by another domain than that of its pages."""
    return handle.lower().partition("@")[0]


def lacking(reason: str) -> dict[str, str]:
    """What a network that is served by hand alone says of every other ability."""
    names = (ability.__name__.lower() for ability in ABILITIES)
    return {name: reason for name in names if name != "hands"}


def untold() -> tuple[Measure, ...]:
    """Numbers that people ask of a post and that nobody tells us where a person posts."""
    reason = "Where a person posts, the network's own pages show its numbers."
    asked = (("likes", "Likes"), ("replies", "Replies"), ("reach", "Reach"))
    return tuple(Measure(key, label, offered=False, reason=reason) for key, label in asked)


@dataclass(frozen=True)
class ByHand:
    """The connector of a network that is served by hand alone: all of it is data. `paths`: what addresses of posts look like."""

    key: str
    name: str
    home: str
    folder: Path
    rules: Rules
    layout: Layout
    lacks: Mapping[str, str]
    hosts: tuple[str, ...]
    paths: tuple[str, ...]
    last: tuple[str, ...] = ()
    describes: str = ASKED
    measures: tuple[Measure, ...] = untold()
    tested: str = UNSPOKEN

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        return usual_steps(self.name, outgoing, last=self.last, describes=self.describes)

    def recognise(self, address: str) -> Seen | None:
        return seen_in(address, self.hosts, *self.paths)
