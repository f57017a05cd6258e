"""What a picture looks like, in 256 bits: PDQ (github.com/facebook/ThreatExchange, pdq/README and hashing.pdf), by which the same picture
is found again when it was made smaller, written in another format or lightly touched up.

    looks = look(content)               the 256 bits and the quality, 0 to 100
    distance(one, other)                how many bits differ: at most 31 is the same picture, in all likelihood
    bands(looks), probes(looks)         sixteen numbers to keep of each; what to ask for so that no near one is missed

Luminance, twice blurred by a box of a 128th of each side, 64 by 64 samples, of whose cosine transform the 16 by 16 slowest waves but
the mean are compared with their median. Ours differs from the reference by rounding alone: see tests/test_looks.py.
"""

import io
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from operator import mul

from PIL import Image, ImageFilter

SIDE, WAVES, BITS = 64, 16, 256
NEAR = 31  # of 256 bits: the reference's own threshold
CLEAR = 50  # below this quality there is too little to compare
LARGEST = 512  # larger pictures are made smaller first, as the reference's own tools do
BANDS, BAND = 16, 16
Rows = list[list[float]]


@dataclass(frozen=True)
class Looks:
    """`bits` as an integer, the slowest wave lowest."""

    bits: int
    quality: int

    @property
    def is_clear(self) -> bool:
        return self.quality >= CLEAR

    @property
    def hex(self) -> str:
        return f"{self.bits:064x}"


def look(content: bytes) -> Looks:
    """What the picture in these bytes (of ours: made anew already) looks like."""
    with Image.open(io.BytesIO(content)) as opened:
        rows = samples(on_white(opened))
    waves = transformed(rows)
    flat = [value for row in waves for value in row]
    middle = sorted(flat)[BITS // 2 - 1]
    return Looks(sum(1 << place for place, value in enumerate(flat) if value > middle), quality_of(rows))


def on_white(picture: Image.Image) -> Image.Image:
    """In grey, with what shines through standing on white."""
    if picture.has_transparency_data:
        clear = picture.convert("RGBA")
        picture = Image.alpha_composite(Image.new("RGBA", clear.size, "#FFFFFF"), clear).convert("RGB")
    grey = picture.convert("L")
    if max(grey.size) > LARGEST:
        grey = grey.resize((LARGEST, LARGEST), Image.Resampling.BOX)
    return grey


def samples(grey: Image.Image) -> Rows:
    """64 rows of 64 values."""
    wide, high = grey.size
    for _pass in range(2):
        grey = grey.filter(ImageFilter.BoxBlur((window(wide), window(high))))
    pixels = grey.tobytes()
    across = [min(wide - 1, int((place + 0.5) * wide / SIDE)) for place in range(SIDE)]
    down = [min(high - 1, int((place + 0.5) * high / SIDE)) for place in range(SIDE)]
    return [[float(pixels[row * wide + column]) for column in across] for row in down]


def window(side: int) -> float:
    """The box's radius: it is a 128th of the side wide, at least one pixel."""
    return max(0.0, ((side + 2 * SIDE - 1) // (2 * SIDE) - 1) / 2)


def quality_of(rows: Rows) -> int:
    """How much there is to compare: the steps between neighbours, in hundredths of the whole range."""
    steps = sum(
        abs(int((rows[row][column] - rows[row + down][column + across]) * 100 / 255))
        for down, across in ((1, 0), (0, 1))
        for row in range(SIDE - down)
        for column in range(SIDE - across)
    )
    return min(100, steps // 90)


@cache
def cosines() -> Rows:
    scale = math.sqrt(2 / SIDE)
    return [
        [scale * math.cos(math.pi / 2 / SIDE * wave * (2 * place + 1)) for place in range(SIDE)]
        for wave in range(1, WAVES + 1)
    ]


def transformed(rows: Rows) -> Rows:
    """The waves, 16 down by 16 across."""
    columns = list(zip(*rows, strict=True))
    half = [[sum(map(mul, wave, column)) for column in columns] for wave in cosines()]
    return [[sum(map(mul, row, wave)) for wave in cosines()] for row in half]


def distance(one: int, other: int) -> int:
    return (one ^ other).bit_count()


def bands(bits: int) -> list[int]:
    """The bits in sixteen parts of sixteen, each with its place: (place << 16) + part."""
    return [place << BAND | bits >> place * BAND & 0xFFFF for place in range(BANDS)]


def probes(bits: int) -> Iterator[int]:
    """Each part as it is and with any one bit turned. Of two that differ in at most 31 bits, one of the sixteen parts differs in at most
    one: so whatever is near has one of these 272 numbers among its own sixteen."""
    for band in bands(bits):
        yield band
        yield from (band ^ 1 << turned for turned in range(BAND))
