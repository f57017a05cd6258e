"""Reading a strange page for one thing: a link to an address of ours that says rel="me".

The page may be hostile: it is read by searching forward only, so that the time grows with its length and with nothing else. What
stands in comments, scripts and fields says nothing.
"""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urlsplit

MOST_LINKS = 5000
SILENT = re.compile(r"<!--|<(script|style|textarea|title|template|noscript|xmp|iframe)\b", re.IGNORECASE)
LINK = re.compile(r"<(?:a|link)\s[^<>]{1,2000}>", re.IGNORECASE)
PROFILE = re.compile(r"/people/([0-9a-z]{13})(?:-[^/]*)?/?")


def links_back(page: str, origin: str, shown_id: str) -> bool:
    """Whether the page has a link of rel="me" to the profile of this id at our origin, whatever name its address carries."""
    return any(_leads_to(address, origin, shown_id) for address in me_links(page))


def me_links(page: str) -> Iterator[str]:
    """The addresses of its links of rel="me", at most some thousand links looked at."""
    for number, tag in enumerate(LINK.finditer(_heard(page))):
        if number >= MOST_LINKS:
            return
        reader = _OneTag()
        reader.feed(tag.group())
        if "me" in reader.rel.lower().split() and reader.href:
            yield reader.href


class _OneTag(HTMLParser):
    """Reads the attributes of a single tag."""

    href = rel = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(reversed(attrs))  # of an attribute that stands twice, browsers take the first
        self.href, self.rel = (said.get("href") or "").strip(), said.get("rel") or ""


def _heard(page: str) -> str:
    """The page without what is not shown. What is opened and never closed silences the rest."""
    lower, kept, at = page.lower(), [], 0
    while opening := SILENT.search(page, at):
        kept.append(page[at : opening.start()])
        closing = f"</{opening.group(1).lower()}" if opening.group(1) else "-->"
        end = lower.find(closing, opening.end())
        if end < 0 or len(lower) != len(page):
            return "".join(kept)
        at = end + len(closing)
    return "".join([*kept, page[at:]])


def _leads_to(address: str, origin: str, shown_id: str) -> bool:
    try:
        found, ours = urlsplit(address), urlsplit(origin)
        is_ours = (found.scheme, found.hostname, found.port) == (ours.scheme, ours.hostname, ours.port)
    except ValueError:
        return False
    named = PROFILE.fullmatch(found.path)
    return is_ours and named is not None and named.group(1) == shown_id
