"""What people wrote in Zulip, as we write it: mentions, links to channels and topics, quotes, spoilers, pictures, short names of emoji."""

import re
from urllib.parse import unquote

from stoa.front.moving_in import marks, tokens
from stoa.front.moving_in.van import Van

_fence = re.compile(r"^( *)(`{3,}|~{3,}) *(quote|spoiler|math)\b *(.*)$")
_any_fence = re.compile(r"^ *(`{3,}|~{3,})")
_mention = re.compile(r"@_?\*\*([^*\n]{1,120}?)(?:\|(\d+))?\*\*")
_group = re.compile(r"@_?\*([^*\n]{1,120})\*")
_topic_link = re.compile(r"#\*\*([^*>\n]{1,120})>([^*@\n]{0,120})(?:@(\d+))?\*\*")
_channel_link = re.compile(r"#\*\*([^*>\n]{1,120})\*\*")
_upload = re.compile(r"(!?)\[([^\]\n]*)\]\(/user_uploads/([^)\s]+)\)")
_bare_upload = re.compile(r"(?<![\w(/])/user_uploads/([\w./%-]+)")
_time = re.compile(r"<time:([^>\n]{1,60})>")
_narrow = re.compile(r"(?<![\w/:.])/?#narrow/(?:stream|channel)/(\d+)[^/\s)]*((?:/[^\s)\]]*)?)")
_code = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
EVERYBODY = ("all", "everyone", "channel", "stream", "topic")
PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp")


def slug(text: str) -> str:
    """A dot for a percent sign: how Zulip writes words in its addresses."""
    return unquote(text.replace(".", "%"))


class Texts:
    """Turns texts into ours, and notes in the van what has no form here."""

    def __init__(self, van: Van, people: dict[str, tuple[str, str]], address: str) -> None:
        self.van = van
        self.people = people
        self.address = address.rstrip("/")
        self.names = dict(people.values())
        self.channels = {place.name.casefold(): place.key for place in van.places()}

    def written(self, text: str, key: str = "") -> str:
        """The text of one message; code stays as it is."""
        text = tokens.cleaned(text).replace("\r\n", "\n")
        if self.address:
            text = text.replace(f"{self.address}/", "/")
        if text.startswith("/poll "):
            text = self._poll(text)
        out: list[str] = []
        before = 0
        for line, depth in self._lines(text.split("\n")):
            if depth < before and line.strip():
                out.append("> " * depth)
            out.append(f"{'> ' * depth}{line}".rstrip() if depth else line)
            before = depth
        return self._outside_code("\n".join(out))

    def _poll(self, text: str) -> str:
        question, *options = text.removeprefix("/poll ").split("\n")
        self.van.note("polls", question)
        return "\n".join([f"**{question.strip()}**", "", *(f"- {each}" for each in options if each.strip())])

    def _lines(self, lines: list[str]) -> list[tuple[str, int]]:
        """Each line with how deep it is quoted: fences of quotes become quotes, those of spoilers go, others stay."""
        out: list[tuple[str, int]] = []
        fences: list[tuple[str, str]] = []
        for line in lines:
            marks_of, kind = fences[-1] if fences else ("", "")
            depth = sum(each == "quote" for _, each in fences)
            if marks_of and line.strip() == marks_of:
                fences.pop()
                out += [(line, depth)] if kind == "code" else []
            elif kind == "code":
                out.append((line, depth))
            elif opened := _fence.match(line):
                fences.append((opened[2], "code" if opened[3] == "math" else opened[3]))
                out += self._beginning(opened, depth)
            elif fenced := _any_fence.match(line):
                fences.append((fenced[1], "code"))
                out.append((line, depth))
            else:
                out.append((line, depth))
        return out

    def _beginning(self, opened: "re.Match[str]", depth: int) -> list[tuple[str, int]]:
        if opened[3] == "quote":
            return []
        if opened[3] == "math":
            self.van.note("formulas", opened[4])
            return [(opened[2], depth)]
        self.van.note("spoilers", opened[4])
        return [(f"**{opened[4].strip()}**", depth)] if opened[4].strip() else []

    def _outside_code(self, prose: str) -> str:
        """Everything but code, inline or fenced, is rewritten."""
        pieces, at = [], 0
        for match in _code.finditer(prose):
            pieces += [self._prose(prose[at : match.start()]), match[0]]
            at = match.end()
        return "".join([*pieces, self._prose(prose[at:])])

    def _prose(self, text: str) -> str:
        text = _upload.sub(self._picture, text)
        text = _bare_upload.sub(lambda match: self._picture_of(match[1], match[1].rsplit("/", 1)[-1]), text)
        text = _topic_link.sub(self._to_topic, text)
        text = _channel_link.sub(self._to_channel, text)
        text = _narrow.sub(self._to_narrow, text)
        text = _mention.sub(self._named, text)
        text = _group.sub(self._grouped, text)
        text = _time.sub(lambda match: match[1], text)
        return marks.with_emoji(text)

    def _named(self, match: "re.Match[str]") -> str:
        name, number = match[1], match[2] or ""
        if number in self.names:
            return tokens.person(number, self.names[number])
        known = self.people.get(name.casefold())
        if known:
            return tokens.person(*known)
        if name.casefold() not in EVERYBODY:
            self.van.note("mentions", name)
        return f"@{name}"

    def _grouped(self, match: "re.Match[str]") -> str:
        self.van.note("groups", match[1])
        return f"@{match[1]}"

    def _picture(self, match: "re.Match[str]") -> str:
        return self._picture_of(match[3], match[2])

    def _picture_of(self, path: str, words: str) -> str:
        path = unquote(path)
        if path.lower().endswith(PICTURES):
            return tokens.picture(path, words)
        self.van.note("file_links", words or path)
        return words or path.rsplit("/", 1)[-1]

    def _to_channel(self, match: "re.Match[str]") -> str:
        place = self.channels.get(match[1].casefold())
        return f"[#{match[1]}]({tokens.link('place', place)})" if place else f"#{match[1]}"

    def _to_topic(self, match: "re.Match[str]") -> str:
        channel, title, message = match[1], match[2].removeprefix("✔ ").strip(), match[3]
        place = self.channels.get(channel.casefold())
        words = f"#{channel} › {title}" if title else f"#{channel}"
        if not place:
            return words
        target = tokens.link("message", message) if message else tokens.link("topic", f"{place}/{title.casefold()}")
        return f"[{words}]({target})"

    def _to_narrow(self, match: "re.Match[str]") -> str:
        """As the target of a link, or with words of its own where the address stood alone."""
        target = tokens.link(*read_narrow(match[1], match[2] or ""))
        is_target = match.string[: match.start()].endswith("](")
        return target if is_target else f"[{_words_of(match[2] or '')}]({target})"


def _words_of(rest: str) -> str:
    found = re.search(r"/topic/([^/]+)", rest)
    return slug(found[1]) if found else "#"


def read_narrow(channel: str, rest: str) -> tuple[str, str]:
    """What stands behind `#narrow/`: a message, a topic or a channel, as kind and old key."""
    parts = [part for part in rest.split("/") if part]
    said = dict(zip(parts[::2], parts[1::2], strict=False))
    number = said.get("near") or said.get("with") or ""
    if number.isdecimal():
        return "message", number
    title = slug(said["topic"]).removeprefix("✔ ").strip() if "topic" in said else ""
    return ("topic", f"{channel}/{title.casefold()}") if title else ("place", channel)
