"""Does a public page show the words of a post? Compared word by word, without markup, case, marks or addresses."""

import re

from stoa.social.networks.markup import unescaped, without_tags

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
    whole = unescaped(page[:MOST])
    return bool(first) and any(
        f" {first} " in f" {' '.join(words_of(each))} " for each in (without_tags(whole, " "), whole)
    )
