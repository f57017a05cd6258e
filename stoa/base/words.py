"""Small sums over words: signs and a colour for people without a portrait, headings as sentences."""

import zlib

from django.utils import translation

TONES = 6


def initials(name: str) -> str:
    """The first signs of the first and the last word: "Ines Okonkwo-Lindqvist" → "IO"; one word gives one sign."""
    words = [word for word in name.replace("@", " ").split() if word[0].isalnum()]
    if not words:
        return "?"
    return "".join(word[0] for word in (words if len(words) < 2 else [words[0], words[-1]])).upper()


def tone(name: str) -> int:
    """The same colour for the same name, everywhere: 0 to 5."""
    return zlib.crc32(name.encode()) % TONES


def sentence(heading: str) -> str:
    """A heading that came in English Title Case, as a sentence: "Sign In" → "Sign in". Abbreviations and other languages stay."""
    if (translation.get_language() or "").split("-")[0] != "en" or "<" in heading or "&" in heading:
        return heading
    first, *rest = heading.split() or [""]
    return " ".join([first, *(word.lower() if word.istitle() else word for word in rest)])
