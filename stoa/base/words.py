"""Small sums over names, for people without a portrait."""

import zlib

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
