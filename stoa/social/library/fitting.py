"""How a picture is fitted to what a network takes: what is cut, how small it becomes, in which format. Plain functions of numbers.

A picture is only ever cut or made smaller, never larger, and only as far as a rule asks for it. The part that stays lies around one of nine
places, which a person can choose.
"""

from dataclasses import dataclass

from stoa.social.networks.limits import PictureLimit

CENTRE = "c"
PLACES = ("nw", "n", "ne", "w", CENTRE, "e", "sw", "s", "se")
SHARES = {"nw": (0.0, 0.0), "n": (0.5, 0.0), "ne": (1.0, 0.0), "w": (0.0, 0.5), CENTRE: (0.5, 0.5), "e": (1.0, 0.5),
          "sw": (0.0, 1.0), "s": (0.5, 1.0), "se": (1.0, 1.0)}  # fmt: skip
JPEG, PNG = "image/jpeg", "image/png"


@dataclass(frozen=True)
class Plan:
    """`box`: the part that stays (left, top, right, bottom; None: all of it). `size`: what that becomes. `mime`: how it is written; empty:
    as it is. The bytes are counted when it is written."""

    box: tuple[int, int, int, int] | None
    size: tuple[int, int]
    mime: str

    @property
    def is_untouched(self) -> bool:
        return self.box is None and not self.mime


def plan(width: int, height: int, mime: str, limit: PictureLimit, focal: str = CENTRE) -> Plan:
    """The plan for a picture of this size and format on a network with this limit."""
    box = cut(width, height, limit, focal)
    wide, high = (box[2] - box[0], box[3] - box[1]) if box else (width, height)
    size = within(wide, high, limit)
    fits = mime in limit.mimes
    is_changed = box is not None or size != (wide, high) or not fits
    return Plan(box, size, (mime if fits else format_of(limit)) if is_changed else "")


def cut(width: int, height: int, limit: PictureLimit, focal: str) -> tuple[int, int, int, int] | None:
    """The largest part with a ratio that the network takes; None when all of it may stay."""
    ratio = width / height
    if limit.ratio_max and ratio > limit.ratio_max:
        wide, high = max(1, int(height * limit.ratio_max)), height
    elif limit.ratio_min and ratio < limit.ratio_min:
        wide, high = width, max(1, int(width / limit.ratio_min))
    else:
        return None
    across, down = SHARES.get(focal, SHARES[CENTRE])
    left, top = round((width - wide) * across), round((height - high) * down)
    return left, top, left + wide, top + high


def within(width: int, height: int, limit: PictureLimit) -> tuple[int, int]:
    """As wide as the network takes it."""
    if not limit.width_at_most or width <= limit.width_at_most:
        return width, height
    return limit.width_at_most, max(1, round(height * limit.width_at_most / width))


def format_of(limit: PictureLimit) -> str:
    """What to write where the picture's own format is not taken. A server may say that it takes less than its network's papers do."""
    if limit.format in limit.mimes:
        return limit.format
    return JPEG if JPEG in limit.mimes else limit.mimes[0]


def ratio_words(ratio: float) -> str:
    """A ratio as people say it: 4:5, 1.91:1."""
    for wide, high in (
        (1, 1),
        (4, 5),
        (3, 4),
        (2, 3),
        (9, 16),
        (5, 4),
        (4, 3),
        (3, 2),
        (16, 9),
        (2, 1),
        (10, 1),
        (1, 10),
    ):
        if abs(ratio - wide / high) < 0.005:
            return f"{wide}:{high}"
    return f"{ratio:.2f}:1" if ratio >= 1 else f"1:{1 / ratio:.2f}"
