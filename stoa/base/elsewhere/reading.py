"""Reading a strange page for what it says of itself: title, words, picture.

The page may be hostile: it is read by searching forward only, so that the time grows with its length and with nothing else. What
stands in comments and scripts says nothing; what is said is words, never markup.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from stoa.base.http import web_address
from stoa.base.models.page_elsewhere import LONGEST_DESCRIPTION, LONGEST_SITE, LONGEST_TITLE
from stoa.base.text.plain import shortened

MOST_TAGS = 400
LONGEST_TAG = 4000
LONGEST_PICTURE_ADDRESS = 1000
OPENING = re.compile(
    r"<!--|<(script|style|textarea|template|noscript|xmp|iframe|svg|title|meta)(?=[\s/>])", re.IGNORECASE
)
META = re.compile(r"<meta(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+>", re.IGNORECASE)
TITLES, WORDS = ("og:title", "twitter:title"), ("og:description", "twitter:description", "description")
PICTURES = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src")
# The encodings of the web (WHATWG), as Python calls them. Of others Python knows many, some slow or strange.
ENCODINGS = {
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258",
    "cp866", "koi8-r", "koi8-u", "mac-roman", "shift_jis", "cp932", "euc_jp", "iso2022_jp", "euc_kr", "cp949", "gb2312", "gbk", "gb18030",
    "big5", *(f"iso8859-{number}" for number in range(2, 17)),
}  # fmt: skip
_named = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_marks = {codecs.BOM_UTF8: "utf-8", codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_strange = re.compile(r"[\u202a-\u202e\u2066-\u2069\u200b\ufeff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Said:
    """What a page says of itself: words without markup; `picture` is a whole address or ""."""

    title: str
    description: str = ""
    site: str = ""
    picture: str = ""


def said_by(body: bytes, content_type: str, address: str) -> Said | None:
    """What the page says; None when it has no title, or wants no words of its own shown."""
    said, title = _read(decoded(body, content_type))
    found = next((each for name in TITLES if (each := words(said.get(name, ""), LONGEST_TITLE))), "")
    found = found or words(title, LONGEST_TITLE)
    if not found or {"nosnippet", "none"} & {*re.split(r"[\s,]+", said.get("robots", "").lower())}:
        return None
    described = next((each for name in WORDS if (each := words(said.get(name, ""), LONGEST_DESCRIPTION))), "")
    site = words(said.get("og:site_name", ""), LONGEST_SITE)
    picture = next((each for name in PICTURES if (each := _joined(address, said.get(name, "")))), "")
    return Said(found, "" if described == found else described, site, picture)


def decoded(body: bytes, content_type: str) -> str:
    """As text, in the encoding that its first bytes, its header or its head name, if it is one of the web's; else UTF-8."""
    marked = next((name for mark, name in _marks.items() if body.startswith(mark)), "")
    inside = _named.search(content_type.encode("ascii", "replace")) or _named.search(body[:2048])
    name = marked or _known(inside[1].decode("ascii", "replace") if inside else "")
    return body.decode(name, errors="replace")


def words(text: str, length: int) -> str:
    """As one line of at most so many characters, without what turns or hides text."""
    line = " ".join(_strange.sub(" ", unicodedata.normalize("NFC", text[: length * 20])).split())
    return shortened(line, length)


def _known(name: str) -> str:
    try:
        found = codecs.lookup(name).name if name else "utf-8"
    except (LookupError, ValueError):
        return "utf-8"
    found = {"iso8859-1": "cp1252", "ascii": "cp1252"}.get(found, found)  # as browsers read them
    return found if found in ENCODINGS else "utf-8"


def _read(page: str) -> tuple[dict[str, str], str]:
    """The first of each meta by its name, and the title."""
    said: dict[str, str] = {}
    title, at, lower = "", 0, page.lower()
    lower = lower if len(lower) == len(page) else page  # else places in one are not places in the other
    for _number in range(MOST_TAGS):
        opening = OPENING.search(page, at)
        if opening is None:
            break
        name = (opening[1] or "").lower()
        if name == "meta":
            tag = META.match(page[opening.start() : opening.start() + LONGEST_TAG])
            at = opening.end() + (tag.end() - len("<meta") if tag else 0)
            key, content = _meta(tag[0]) if tag else ("", "")
            if key:
                said.setdefault(key, content)
            continue
        end = lower.find(f"</{name}" if name else "-->", opening.end())
        if end < 0:
            break
        if name == "title" and not title:
            title = unescape(page[opening.end() : end].partition(">")[2][: LONGEST_TITLE * 20])
        at = end
    return said, title


class _OneTag(HTMLParser):
    """Reads the attributes of a single tag."""

    key = content = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(reversed(attrs))  # of an attribute that stands twice, browsers take the first
        self.key = (found.get("property") or found.get("name") or "").strip().lower()
        self.content = found.get("content") or ""


def _meta(tag: str) -> tuple[str, str]:
    reader = _OneTag()
    reader.feed(tag)
    return reader.key, reader.content


def _joined(base: str, place: str) -> str:
    """The whole address of a picture; nothing where it is none that may be called."""
    if not place.strip() or len(place) > LONGEST_PICTURE_ADDRESS:
        return ""
    try:
        return web_address(urljoin(base, place.strip()), LONGEST_PICTURE_ADDRESS)
    except ValueError:
        return ""
