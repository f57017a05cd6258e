"""What a real site answered to these calls, kept in `recorded.json`; the small site in memory must answer the same.

`python -m stoa.social.networks.wordpress.tests.answers` asks a real one anew and writes it down.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from stoa.social.networks.multipart import multipart
from stoa.social.networks.protocol import Http
from stoa.social.networks.tests.plain_http import PlainHttp
from stoa.social.networks.wordpress.tests.realnet import local_wordpress

FILE = Path(__file__).parent / "recorded.json"
CONTENT = "<!-- wp:paragraph -->\n<p>Hi &lt;b&gt; &#91;gallery&#93;</p>\n<!-- /wp:paragraph -->"
POST = {"title": "Zips &amp; more", "slug": "zips-0a1b2c3d4e5f", "content": CONTENT, "status": "publish"}
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@dataclass
class Caller:
    """Asks one site, as one of its people or as nobody, and keeps what of each answer must be the same everywhere."""

    http: Http
    rest: str
    passwords: Mapping[str, str]
    kept: list[list[Any]] = field(default_factory=list)

    def ask(
        self,
        what: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        who: str = "guild",
        file: tuple[str, bytes] | None = None,
        **query: Any,
    ) -> Any:
        pair = f"{who}:{self.passwords.get(who, 'wrong')}".encode()
        headers = {"authorization": f"Basic {base64.b64encode(pair).decode()}"}
        content = None
        if file:
            content, headers["content-type"] = multipart(body, {"file": (file[0], "image/png", file[1])})
        url = f"{self.rest}wp/v2/{path}" + (f"?{urlencode(query)}" if query else "")
        answer = self.http.request(method, url, headers=headers, content=content, json=None if file else body)
        told = json.loads(answer.body)
        self.kept.append([what, answer.status, shape(told)])
        return told


def shape(told: Any) -> Any:
    """What of an answer the connector goes by, without numbers and instants that differ everywhere."""
    if isinstance(told, list):
        return [shape(each) for each in told]
    if "code" in told:
        why = (told.get("data") or {}).get("details") or {}
        return [told["code"], *sorted(each["code"] for each in why.values())]
    if "deleted" in told:
        return {"deleted": told["deleted"]}
    plain = {name: told[name] for name in ("slug", "status", "alt_text") if name in told}
    if "id" in told and "post" in told and "parent" in told:
        return plain | {"answers a comment": bool(told["parent"])}
    raw = {
        name: told[name]["raw"]
        for name in ("title", "content")
        if isinstance(told.get(name), dict) and "raw" in told[name]
    }
    return plain | {f"{name}.raw": value for name, value in raw.items()}


def play(caller: Caller) -> list[list[Any]]:
    """Every kind of call that the connector makes, with what may go wrong."""
    caller.ask("wrong password", "GET", "users/me", who="nobody", context="edit")
    caller.ask("wrong password, writing", "POST", "posts", POST, who="nobody")
    caller.ask("wrong password, reading", "GET", "posts", who="nobody", slug="x", context="edit")
    caller.ask("wrong password, looking", "GET", "posts", who="nobody", slug="x", context="edit", status="any")
    caller.ask("may not publish", "POST", "posts", POST, who="casey")
    post = caller.ask("made", "POST", "posts", POST)["id"]
    caller.ask("made twice", "POST", "posts", POST)
    caller.ask("found", "GET", "posts", slug=POST["slug"], status="any", context="edit")
    caller.ask("not found", "GET", "posts", slug="nothing-0a1b2c3d4e5f", status="any", context="edit")
    caller.ask("empty", "POST", "posts", {"title": "", "content": "", "status": "publish"})
    caller.ask("not there", "GET", "posts/999999", context="edit")
    caller.ask("changed", "POST", f"posts/{post}", {"title": "Needles", "content": CONTENT})
    described = {"alt_text": "Eine Lampe, „hell“ – 灯 a > b", "slug": "zips-0a1b2c3d4e5f-aabbccdd", "title": "x"}
    media = caller.ask("picture", "POST", "media", described, file=("lamp.png", PNG))["id"]
    caller.ask("picture found", "GET", "media", slug=described["slug"], context="edit")
    caller.ask("picture too large", "POST", "media", described, file=("lamp.png", PNG + bytes(2_200_000)))
    caller.ask("picture to the trash", "DELETE", f"media/{media}")
    caller.ask("picture deleted", "DELETE", f"media/{media}", force="true")
    said = caller.ask("comment", "POST", "comments", {"post": post, "parent": 0, "content": "Like this"})["id"]
    caller.ask("comment twice", "POST", "comments", {"post": post, "parent": 0, "content": "Like this"})
    caller.ask("answer to it", "POST", "comments", {"post": post, "parent": said, "content": "And this"})
    caller.ask("comment on nothing", "POST", "comments", {"post": 999999, "content": "x"})
    caller.ask("comment by nobody", "POST", "comments", {"post": post, "content": "x"}, who="nobody")
    caller.ask("comments", "GET", "comments", post=post, orderby="id", order="desc", per_page=1, offset=1)
    caller.ask("comment not there", "GET", "comments/999999")
    caller.ask("comment deleted", "DELETE", f"comments/{said}", force="true")
    caller.ask("to the trash", "DELETE", f"posts/{post}")
    caller.ask("to the trash again", "DELETE", f"posts/{post}")
    caller.ask("deleted", "DELETE", f"posts/{post}", force="true")
    caller.ask("deleted again", "DELETE", f"posts/{post}", force="true")
    caller.ask("no such thing", "GET", "nothing")
    return caller.kept


def main() -> None:
    with local_wordpress() as site:
        passwords = {name: each.password for name, each in site.people.items()}
        kept = play(Caller(PlainHttp(), f"{site.address}/wp-json/", passwords))
    FILE.write_text(json.dumps(kept, ensure_ascii=True, indent=1) + "\n")


if __name__ == "__main__":
    main()
