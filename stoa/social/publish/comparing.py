"""Does a public page show the words of a post? Compared word by word, without markup, case, marks or addresses."""

import html
import re

TAGS = re.compile(r"<[^<>]*>")  # linear also in a page that opens tags and closes none
ENTITIES = re.compile(
    r"&#(?:\d{8,}|[xX][0-9a-fA-F]{8,});?"
)  # numbers of no character, which Python would refuse to read
ADDRESSES = re.compile(r"https?://\S+")
WORDS = re.compile(r"\w+")
MOST = 500_000  # characters of a page that are looked at
ENOUGH = 10  # words of the text's beginning that must be found, in this order


def words_of(text: str) -> list[str]:
    return WORDS.findall(text.casefold())


def shows(page: str, text: str, marker: str = "") -> bool:
    """Whether the page holds the marker of our link, or the first words of the text (in its markup too: previews stand there)."""
    if marker and marker in page:
        return True
    first = " ".join(words_of(ADDRESSES.sub(" ", text))[:ENOUGH])
    whole = html.unescape(ENTITIES.sub(" ", page[:MOST]))
    return bool(first) and any(
        f" {first} " in f" {' '.join(words_of(each))} " for each in (TAGS.sub(" ", whole), whole)
    )
