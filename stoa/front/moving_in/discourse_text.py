"""What people wrote in Discourse, as we write it: quotes with their author, mentions, `upload://` addresses, links within the old
community, and what Discourse wraps in square brackets."""

import re

from stoa.front.moving_in import marks, tokens
from stoa.front.moving_in.discourse_addresses import addresses, upload_key
from stoa.front.moving_in.discourse_polls import Totals
from stoa.front.moving_in.van import Van

_quote = re.compile(r'^\s*\[quote(?:="?([^\]"]*)"?)?\]\s*$', re.IGNORECASE)
_quote_end = re.compile(r"^\s*\[/quote\]\s*$", re.IGNORECASE)
_mention = re.compile(r"(?<![\w@/.\\])@([\w][\w.-]{0,59})")
_upload = re.compile(r"(!?)\[([^\]\n]*)\]\((upload://[\w.-]+|/uploads/[^)\s]+)(?: \"[^\"\n]*\")?\)")
_image = re.compile(r"<img\b[^>]*?\bsrc=[\"']([^\"'>]+)[\"'][^>]*>", re.IGNORECASE)
_alt = re.compile(r"\balt=[\"']([^\"'>]*)[\"']", re.IGNORECASE)
_inside = re.compile(r"(?<![\w/:.])/(t|p|c|u)/([^\s)\]\"<>]+)")
_wrap = re.compile(r"\[/?(details|spoiler|poll|date|wrap|grid|hide|chat|event)\b([^\]\n]*)\]", re.IGNORECASE)
_poll_name = re.compile(r"\bname=[\"']?([^\s\"'\]]+)")
_tag = re.compile(
    r"</?(b|strong|i|em|s|del|br|hr|kbd|mark|small|big|sub|sup|ins|p|div|center|details|summary)\b[^>]*/?>",
    re.IGNORECASE,
)
_size = re.compile(r"\|(\d+x\d+(?:,\s*\d+%)?|thumbnail|attachment)+")
_code = re.compile(
    r"^(?: {0,3})(`{3,}|~{3,})[^\n]*\n.*?^(?: {0,3})\1[`~]* *$|(`+)(?!`).+?(?<!`)\2(?!`)", re.DOTALL | re.MULTILINE
)
HTML = {
    "b": "**",
    "strong": "**",
    "i": "*",
    "em": "*",
    "s": "~~",
    "del": "~~",
    "br": "\n",
    "hr": "\n\n---\n\n",
    "kbd": "`",
}
PICTURES = ("png", "jpg", "jpeg", "gif", "webp")


class Texts:
    """Turns texts into ours, and notes in the van what has no form here: which message, never its words."""

    def __init__(
        self, van: Van, people: dict[str, tuple[str, str]], address: str, totals: Totals | None = None
    ) -> None:
        self.van = van
        self.totals = totals or {}
        self.key = self.poll = ""
        self.people = people
        self.address = address.rstrip("/")

    def written(self, text: str, key: str = "") -> str:
        """The text of one post; code stays as it is."""
        self.key = key
        text = tokens.cleaned(text).replace("\r\n", "\n")
        if self.address:
            text = text.replace(f"{self.address}/", "/")
        pieces, at = [], 0
        for match in _code.finditer(text):
            pieces += [self._prose(text[at : match.start()]), match[0]]
            at = match.end()
        return self._quoted("".join([*pieces, self._prose(text[at:])]), key)

    def _quoted(self, text: str, key: str) -> str:
        """`[quote="name, post:1, topic:2"]` as a quotation that begins with whose it is, and where it stands."""
        out: list[str] = []
        depth = 0
        for line in text.split("\n"):
            if begun := _quote.match(line):
                depth += 1
                if depth < 5:
                    out += [
                        "" if depth == 1 else "> " * (depth - 1),
                        f"{'> ' * depth}{self._source(begun[1] or '', key)}".rstrip(),
                        (">" + " >" * (depth - 1)),
                    ]
            elif _quote_end.match(line) and depth:
                depth -= 1
                out.append(("> " * depth).rstrip())
            else:
                out.append(f"{'> ' * min(depth, 4)}{line}".rstrip() if depth else line)
        return "\n".join(out).strip("\n")

    def _source(self, said: str, key: str) -> str:
        parts = [part.strip() for part in said.split(",")]
        told = dict(part.split(":", 1) for part in parts[1:] if ":" in part)
        known = self.people.get(told.get("username", parts[0]).casefold())
        name = tokens.person(*known) if known else parts[0]
        topic, post = told.get("topic", key.split("/")[0]), told.get("post", "")
        if not post.isdecimal() or not topic.isdecimal():
            return name and f"{name}:"
        target = tokens.link("message", f"{topic}/{post}")
        return f"{name} [↪]({target}):" if name else f"[↪]({target})"

    def _prose(self, text: str) -> str:
        text = _image.sub(self._drawn, text)
        text = _upload.sub(self._uploaded, text)
        text = _inside.sub(self._linked, text)
        text = _mention.sub(self._named, text)
        text = _wrap.sub(self._unwrapped, text)
        text = _tag.sub(self._untagged, text)
        return marks.with_emoji(text)

    def _named(self, match: "re.Match[str]") -> str:
        name = match[1].rstrip(".-_")
        known = self.people.get(name.casefold())
        if known:
            return tokens.person(*known) + match[1][len(name) :]
        if name.casefold() not in ("all", "here"):
            self.van.note("mentions", self.key)
        return match[0]

    def _drawn(self, match: "re.Match[str]") -> str:
        alt = _alt.search(match[0])
        words = alt[1] if alt else ""
        source = match[1]
        if source.startswith(("upload://", "/uploads/")):
            return self._picture(source, words)
        return f"[{words or source}]({source})"

    def _uploaded(self, match: "re.Match[str]") -> str:
        words = _size.sub("", match[2]).strip("|")
        if match[1] or match[3].rsplit(".", 1)[-1].lower() in PICTURES:
            return self._picture(match[3], words)
        self.van.note("file_links", self.key)
        return words or match[3].rsplit("/", 1)[-1]

    def _picture(self, source: str, words: str) -> str:
        return tokens.picture(upload_key(source.removeprefix("upload://")), words)

    def _linked(self, match: "re.Match[str]") -> str:
        """An address within the old community: as the target of a link, or with words of its own where it stood alone."""
        path = f"{match[1]}/{match[2]}".split("?")[0].split("#")[0].rstrip(".,;:!")
        found = next(iter(addresses(path)), None)
        if found is None:
            return match[0]
        target = tokens.link(*found)
        is_target = match.string[: match.start()].endswith("](")
        return target if is_target else f"[{self._words(match[2])}]({target})"

    def _words(self, path: str) -> str:
        slug = path.split("/")[0]
        return slug.replace("-", " ") if not slug.isdecimal() else f"#{slug}"

    def _unwrapped(self, match: "re.Match[str]") -> str:
        """The brackets go, what they held stays."""
        name, said = match[1].lower(), match[2].strip(' ="')
        if match[0].startswith("[/"):
            return self._counted() if name == "poll" else ""
        if name == "poll":
            named = _poll_name.search(match[2])
            self.poll = named[1] if named else "poll"
        self.van.note(
            {"details": "details", "spoiler": "spoilers", "poll": "polls", "date": "dates"}.get(name, "brackets"),
            self.key,
        )
        if name == "date":
            return said.split(" ")[0].strip('"')
        return f"**{said}**\n" if name == "details" and said else ""

    def _counted(self) -> str:
        """What a poll's votes came to, below its options."""
        total = self.totals.get((self.key, self.poll), "")
        return f"\n\n→ {total}" if total else ""

    def _untagged(self, match: "re.Match[str]") -> str:
        name = match[1].lower()
        if name not in HTML:
            self.van.note("html", self.key)
        return HTML.get(name, "")
