"""Containers, as Meta's networks make posts: one for each picture or video, one around several, published by its id. No Django.

A container is made, worked on (its media are fetched from our address), and ready; it is over after a day. Its id is the key: it is
published once. Several are made ready in two steps, and the handle says how far it came: "each:ID,ID" while its parts are worked on,
"whole:ID" for what is to be published.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import Graph, id_of, listed, part, text_of, whole
from stoa.social.networks.messages import Absent, Outgoing, Pending, Picture, Prepared, Published, Told, Video
from stoa.social.networks.trouble import Gone, Refused, TryLater, Unknown

EACH, WHOLE = "each:", "whole:"
AGAIN, VIDEO_AGAIN = 5.0, 30.0  # seconds until it is asked again
READY, OUT = "FINISHED", "PUBLISHED"
OUT_OF_REACH = "Ask whoever runs this installation to give it a public https address, or post it by hand."
Form = Mapping[str, Any]


@dataclass(frozen=True)
class Maker:
    """How one network makes them: `edge` takes them, `out` publishes them, `status` is the field that tells how far one is, `why` the one
    that tells what went wrong, `album` the fields of one around several."""

    graph: Graph
    edge: str
    out: str
    status: str
    why: str
    album: Form

    def prepare(
        self, outgoing: Outgoing, single: Form, media: Sequence[Form], handle: str, over: Line
    ) -> Prepared | Pending:
        """One step on from `handle`. `single`: the fields of a post with at most one of `media`; an answer's stand among them."""
        moving = outgoing.video is not None
        if handle.startswith(WHOLE):
            return self.whole(handle.removeprefix(WHOLE), over, moving=moving)
        if handle.startswith(EACH):
            return self.around(handle.removeprefix(EACH).split(","), single, over, moving=moving)
        if len(media) > 1:
            made = [self.make(over, {**each, "is_carousel_item": True}) for each in media]
            return Pending(EACH + ",".join(made), VIDEO_AGAIN if moving else AGAIN)
        made_one = self.make(over, {**single, **(media[0] if media else {})})
        return self.whole(made_one, over, moving=moving)

    def around(self, children: list[str], single: Form, over: Line, *, moving: bool) -> Prepared | Pending:
        if not all(self.is_ready(each, over) for each in children):
            return Pending(EACH + ",".join(children), VIDEO_AGAIN if moving else AGAIN)
        fields = {name: value for name, value in single.items() if name != "media_type"}
        return self.whole(
            self.make(over, {**fields, **self.album, "children": ",".join(children)}), over, moving=moving
        )

    def whole(self, container: str, over: Line, *, moving: bool) -> Prepared | Pending:
        if self.is_ready(container, over):
            return Prepared(container)
        return Pending(WHOLE + container, VIDEO_AGAIN if moving else AGAIN)

    def readied(self, made: Prepared | Pending) -> str:
        """For who publishes without having prepared."""
        if isinstance(made, Prepared):
            return made.handle
        raise TryLater(f"{self.graph.network} is still getting it ready.", after=made.after)

    def publish(self, container: str, over: Line) -> str:
        """The id of the post; empty when this container is out already, which then has to be looked for: it is never published again."""
        state = self.state_of(container, over)
        if state == OUT:
            return ""
        if state != READY:
            raise TryLater(f"{self.graph.network} is still getting it ready.", after=VIDEO_AGAIN)
        made = self.graph.write(over, "POST", f"{over.credentials['account']}/{self.out}", creation_id=container)
        if not (id := id_of(made)):
            raise Unknown(f"{self.graph.network} did not name the post.")
        return id

    def settle(self, container: str, found: Iterator[Published], over: Line) -> Published | Absent:
        """What its container says first: one that was not published proves that nothing is there. Then what was `found`."""
        state = self.known_state(container, over) if container else ""
        if state and state != OUT:
            return Absent()
        if (post := next(found, None)) is not None:
            return post
        if state:
            raise TryLater(f"{self.graph.network} says that it is out, and does not show it yet.", after=60.0)
        return Absent()

    def known_state(self, container: str, over: Line) -> str:
        """The same, where one that never will be ready is only over."""
        try:
            return self.state_of(container, over)
        except (Gone, Refused):
            return "EXPIRED"

    def make(self, over: Line, fields: Form) -> str:
        return self.graph.store(over, f"{over.credentials['account']}/{self.edge}", **fields)

    def is_ready(self, container: str, over: Line) -> bool:
        """Whether it can be published. Raises what it means when it never will be."""
        return self.state_of(container, over) in (READY, OUT)

    def state_of(self, container: str, over: Line) -> str:
        said = self.graph.read(over, container, fields=f"{self.status},{self.why}")
        state = text_of(said, self.status)
        if state == "EXPIRED":
            raise Gone(f"{self.graph.network} kept what was made ready for a day, and it is over.")
        if state == "ERROR":
            reason = " ".join(text_of(said, self.why).split())[:200] or "it gave no reason"
            mend = "Check that this installation can be reached from outside, and that the picture or video opens."
            raise Refused(f"{self.graph.network} could not get it ready: {reason}", mend)
        return state


def addressed(media: Picture | Video, network: str) -> str:
    """Where the network fetches it; refused where it can reach nothing here."""
    if not media.address:
        raise Refused(
            f"{network} fetches pictures and videos from this installation, and cannot reach it.", OUT_OF_REACH
        )
    return media.address


def shown(found: Published | Absent, network: str) -> Published:
    """What is out by its container's own word."""
    if isinstance(found, Published):
        return found
    raise Unknown(f"{network} says that it is out, and does not show it yet.")


def told_posts(graph: Graph, over: Line, path: str) -> Told:
    """How many posts this account may publish in a day and has published, by the network's own count."""
    said = next(iter(listed(graph.read(over, path, fields="quota_usage,config"), "data")), {})
    most, seconds = (whole(part(said, "config").get(name)) for name in ("quota_total", "quota_duration"))
    posts = (most, seconds) if most and seconds else None
    return Told(f"{graph.address}/{path}", posts=posts, used=whole(said.get("quota_usage")))
