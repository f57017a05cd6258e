"""Containers, as Meta's networks make posts: one for each picture or video, one around several, published by its id. No Django.

A container is made, worked on (its media are fetched from our address), and ready; it is over after a day. Its id is the key: it is
published once. Several are made ready in two steps, and the handle says how far it came: "each:ID,ID" while its parts are worked on,
"whole:ID" for what is to be published.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stoa.social.networks.calling import Line
from stoa.social.networks.graph import Graph, text_of
from stoa.social.networks.messages import Outgoing, Pending, Picture, Prepared, Video
from stoa.social.networks.trouble import Gone, Refused

EACH, WHOLE = "each:", "whole:"
AGAIN, VIDEO_AGAIN = 5.0, 30.0  # seconds until it is asked again
READY, GOING, OUT = "FINISHED", "IN_PROGRESS", "PUBLISHED"
OUT_OF_REACH = "Ask whoever runs this installation to give it a public https address, or post it by hand."
Form = Mapping[str, Any]


@dataclass(frozen=True)
class Maker:
    """How one network makes them: `edge` takes them, `status` is the field that tells how far one is, `why` the one that tells what
    went wrong, `words` the parameter of the text, `album` the fields of one around several."""

    graph: Graph
    edge: str
    status: str
    why: str
    words: str
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
