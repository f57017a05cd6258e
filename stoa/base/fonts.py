"""Inter and Source Serif 4, cut to what pages need, once a machine; until then pages use the system's faces.

Cached by package version outside the data folder (`STOA_CACHE`), copied beside the collected static files.
Order: subset, save, load again, pin the optical size, narrow the weights, WOFF2 (about 11 s of CPU in all).
"""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from django.conf import settings
from django.utils.html import format_html_join
from markupsafe import Markup

FOLDER = "base/fonts"
FEATURES = ["kern", "liga", "calt", "ccmp", "locl", "mark", "mkmk", "tnum"]
LATIN = (
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+2000-206F,U+20AC,U+2122,U+2190-2193,"
    "U+2212,U+2215,U+FEFF,U+FFFD"
)
EXTENDED = (
    "U+0100-0130,U+0132-0151,U+0154-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,"
    "U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113"
)


@dataclass(frozen=True)
class Face:
    """One family as its package carries it."""

    family: str
    package: str
    file: str

    @property
    def slug(self) -> str:
        return self.family.lower().replace(" ", "-")

    def name(self, part: str, signs: str) -> str:
        """A file name that changes with the package and with what is cut, so that browsers may keep the file for ever."""
        return f"{self.slug}-{part}.{mark(version(self.package.replace('_', '-')), signs, *FEATURES)}.woff2"


FACES = [
    Face("Inter", "fontpkg_inter", "Inter[opsz,wght].ttf"),
    Face("Source Serif 4", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
]


def mark(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def cuts() -> Iterator[tuple[Face, str, str]]:
    """(face, range of signs, file name), the first cut of each face being the one that every page needs."""
    for face in FACES:
        yield face, LATIN, face.name("latin", LATIN)
        yield face, EXTENDED, face.name("extended", EXTENDED)


def build() -> list[Path]:
    """Makes what the cache lacks and copies all into the static files. Returns the copies."""
    cached, served = settings.STOA_CACHE / "fonts", settings.STATIC_ROOT / FOLDER
    for folder in (cached, served):
        folder.mkdir(parents=True, exist_ok=True)
    copies = []
    for face, signs, name in cuts():
        if not (cached / name).exists():
            _cut(face, signs, cached / name)
        if not (served / name).exists():
            _place(cached / name, served / name)
        copies.append(served / name)
    sheet = served / sheet_name()
    sheet.with_suffix(".new").write_text(style_sheet())
    sheet.with_suffix(".new").replace(sheet)
    is_there.cache_clear()
    return [*copies, sheet]


def begin() -> "subprocess.Popen[bytes] | None":
    """Starts `manage.py fonts` beside a server whose static files were collected, last in line for the processor, once they are missing."""
    if settings.STOA_STATIC != "hashed" or is_there():
        return None
    command = [sys.executable, str(settings.ROOT / "manage.py"), "fonts"]
    return subprocess.Popen(  # noqa: S603
        ["nice", "-n", "19", *command] if shutil.which("nice") else command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _cut(face: Face, signs: str, target: Path) -> None:
    from fontTools.subset import Options, Subsetter, parse_unicodes
    from fontTools.ttLib import TTFont
    from fontTools.varLib.instancer import instantiateVariableFont

    options = Options(layout_features=FEATURES, notdef_outline=True, hinting=False, desubroutinize=True)
    partial = target.with_suffix(".ttf")
    with files(face.package).joinpath("files", face.file).open("rb") as source:
        font = TTFont(source)
        cutter = Subsetter(options)
        cutter.populate(unicodes=parse_unicodes(signs.replace("U+", "")))
        cutter.subset(font)
        font.save(partial)
    pinned = instantiateVariableFont(TTFont(partial), {"opsz": 14, "wght": (400, 700)})
    pinned.flavor = "woff2"
    pinned.save(target.with_suffix(".new"))
    target.with_suffix(".new").replace(target)
    partial.unlink()


def _place(source: Path, target: Path) -> None:
    shutil.copyfile(source, target.with_suffix(".new"))
    target.with_suffix(".new").replace(target)


def style_sheet() -> str:
    """The `@font-face` rules; addresses are beside the sheet."""
    return "".join(
        f'@font-face {{ font-family: "{face.family}"; src: url("{name}") format("woff2"); font-weight: 400 700; '
        f"font-display: swap; unicode-range: {signs}; }}\n"
        for face, signs, name in cuts()
    )


@cache
def sheet_name() -> str:
    return f"fonts.{mark(style_sheet())}.css"


@cache
def is_there() -> bool:
    return (settings.STATIC_ROOT / FOLDER / sheet_name()).exists()


def are_coming() -> bool:
    """Whether a page that is drawn now shows the system's faces and will soon not."""
    if settings.STOA_STATIC != "hashed" or is_there():
        return False
    is_there.cache_clear()
    return True


def links() -> Markup:
    """What the head of a page says about fonts: nothing until they are there."""
    if settings.STOA_STATIC != "hashed" or not is_there():
        is_there.cache_clear()
        return Markup("")
    return _links()


@cache
def _links() -> Markup:
    base = f"{settings.STATIC_URL}{FOLDER}/"
    preloads = format_html_join(
        "\n",
        '<link rel="preload" href="{}{}" as="font" type="font/woff2" crossorigin>',
        ((base, name) for _face, signs, name in cuts() if signs == LATIN),
    )
    return Markup(preloads) + Markup('<link rel="stylesheet" href="{}{}">').format(base, sheet_name())  # noqa: S704
