"""Text is counted as X counts it: by cases of ours, by the public cases of twitter-text, and against X's own package.

No package that can be installed brings the public cases, and we copy none. `TWITTER_TEXT` names a folder with `conformance/` in it (a
checkout of github.com/twitter/twitter-text): then every case that bears on counting is tried. X's own package is installed and asked
with `-m realnet`.
"""

import json
import os
import random
import shutil
import subprocess
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from stoa.social.networks.weighted import LINK, is_light, links_in, weighted

Record = Callable[[str, object], None]
OURS = [
    ("", 0),
    ("Hello from the porch", 20),
    ("caf\u00e9", 4),
    ("cafe\u0301", 4),
    ("Привет", 6),
    ("Ελλάδα", 6),
    ("שלום", 4),
    ("नमस्ते", 6),
    ("สวัสดี", 6),
    ("გამარჯობა", 9),
    ("ሰላም", 6),
    ("こんにちは", 10),
    ("안녕하세요", 10),
    ("你好，世界", 10),
    ("“quoted” — and so on…", 22),
    ("50 €", 5),
    ("a\r\nb\nc\rd", 7),
    ("😷", 2),
    ("👩🏿\u200d🚒", 2),
    ("👨\u200d👩\u200d👧\u200d👦 and 🇩🇪", 9),
    ("🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f", 2),
    ("1\ufe0f\u20e3", 2),
    ("☺ ☎ ↔", 8),
    ("© ®", 3),
    ("https://stoa.example/l/abcdefgh", 31),
    ("https://stoa.community/l/abcdefgh", 23),
    ("See https://stoa.community/l/abcdefgh.", 28),
    ("http://a.com http://a.com", 47),
    ("example.com", 23),
    ("me@example.com", 14),
    ("#example.com", 12),
    ("readme.txt", 10),
    ("Wait.What", 9),
    ("we are on porch.club/join?a=1, come", 39),
    ("example.comのこと", 29),
    ("пример.рф", 9),
    ("http://пример.рф", 23),
    ("http://example.com/wiki/Porch_(house)", 23),
    ("(http://example.com)", 25),
    ("http://no-such-end", 18),
    ("http://t.co/" + "a" * 41, 53),
    ("http://" + "a" * 64 + ".com", 75),
    ("x" * 280, 280),
    ("の" * 140, 280),
]


@pytest.mark.parametrize(("text", "count"), OURS)
def test_a_text_counts_as_x_counts_it(text: str, count: int) -> None:
    assert weighted(text) == count


def test_there_are_more_than_thirty_cases_of_ours() -> None:
    assert len({text for text, _count in OURS}) == 44


@pytest.mark.parametrize(
    "text", ["あ." * 5000, "a." * 5000, "http://a.com/" + "(a" * 5000, "xn--" * 2500, "@a." * 3000, ".com" * 2500]
)
def test_no_text_takes_long(text: str) -> None:
    began = time.process_time()
    assert weighted(text) >= LINK
    assert time.process_time() - began < 5


def cases(file: str) -> dict[str, list[dict[str, Any]]]:
    """The public cases of one file. Skipped where nobody says where they are."""
    folder = os.environ.get("TWITTER_TEXT", "")
    if not folder:
        pytest.skip(
            "TWITTER_TEXT names no checkout of github.com/twitter/twitter-text, whose public cases are not copied here."
        )
    import yaml

    found: dict[str, list[dict[str, Any]]] = yaml.safe_load((Path(folder) / "conformance" / file).read_text())["tests"]
    return found


def urls(expected: list[Any]) -> list[str]:
    return [each["url"] if isinstance(each, dict) else each for each in expected]


def linked(text: str) -> list[str]:
    return [text[start:end] for start, end in links_in(text)]


def test_all_public_cases_of_weights(record_property: Record) -> None:
    told = cases("validate.yml")
    current = [*told["WeightedTweetsWithDiscountedEmojiCounterTest"], *told["UnicodeDirectionalMarkerCounterTest"]]
    assert [
        each["description"] for each in current if weighted(each["text"]) != each["expected"]["weightedLength"]
    ] == []
    assert len(current) > 20
    record_property("cases", ["weights", len(current)])


def test_all_public_cases_of_weights_before_emoji_were_one(record_property: Record) -> None:
    """The older configuration differs in emoji alone: each of their characters had its own weight."""
    told = cases("validate.yml")["WeightedTweetsCounterTest"]
    assert [
        each["description"] for each in told if by_character(each["text"]) != each["expected"]["weightedLength"]
    ] == []
    record_property("cases", ["older weights", len(told)])


def by_character(text: str) -> int:
    composed = unicodedata.normalize("NFC", text)
    inside = {place for start, end in links_in(composed) for place in range(start, end)}
    others = [each for place, each in enumerate(composed) if place not in inside]
    return LINK * len(list(links_in(composed))) + sum(1 if is_light(ord(each)) else 2 for each in others)


def test_all_public_cases_of_links(record_property: Record) -> None:
    told = cases("extract.yml")
    asked = ("urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params")
    wrong = [
        each["description"] for name in asked for each in told[name] if linked(each["text"]) != urls(each["expected"])
    ]
    assert wrong == []
    record_property("cases", ["links", sum(len(told[name]) for name in asked)])


def test_all_public_cases_of_top_level_domains(record_property: Record) -> None:
    told = cases("tlds.yml")
    every = [each for those in told.values() for each in those]
    assert [each["text"] for each in every if linked(each["text"]) != urls(each["expected"])] == []
    assert len(every) > 1500
    record_property("cases", ["top-level domains", len(every)])


PIECES = [
    "a", "b ", "é", "http://", "https://", "example.com", "t.co/abc", "www.", "foo", ".", "/", "(x)", "?q=1", "#", "@", "-", "_", "日",
    "本。", ".co.jp", "みんな", "twitter.", "😷", "🇩🇪", "©", "\n", ":8080", "~x", "(a(b)c)", "com", "org", " ", ",", "!", "рф", "ü",
    ".museum", "$", "+", "&", "'", "://", "\u2066", "😀😀", "☎", "HTTP://EXAMPLE.COM", "Ünïcode.de", "/@x/", "[1]", "|", "%20", ";",
]  # fmt: skip
ASK = """
const parse = require("twitter-text").parseTweet || require("twitter-text").default.parseTweet
for (const line of require("fs").readFileSync(0, "utf8").split("\\n")) if (line) console.log(parse(JSON.parse(line)).weightedLength)
"""


@pytest.mark.realnet
def test_texts_that_nobody_would_write_count_as_in_xs_own_package(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """4,000 texts sewn of hard pieces. Of those in which an emoji stands inside an address some differ: X's package halves it there."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if "realnet" not in str(request.config.getoption("markexpr", "")) or not npm or not node:
        pytest.skip("asked for with -m realnet, where Node is there")
    asked = [npm, "install", "--ignore-scripts", "--no-audit", "--prefix", str(tmp_path), "twitter-text@3.1.0"]
    subprocess.run(asked, check=True, capture_output=True)
    sown = random.Random(11)
    texts = ["".join(sown.choice(PIECES) for _ in range(sown.randint(1, 9))) for _ in range(4000)]
    (tmp_path / "ask.js").write_text(ASK)
    given = "\n".join(json.dumps(each) for each in texts)
    done = subprocess.run([node, "ask.js"], input=given, text=True, cwd=tmp_path, check=True, capture_output=True)
    counts = [int(each) for each in done.stdout.split()]
    differing = [text for text, count in zip(texts, counts, strict=True) if weighted(text) != count]
    assert [text for text in differing if all(each <= "\uffff" for each in text)] == []
    assert len(differing) <= 4
