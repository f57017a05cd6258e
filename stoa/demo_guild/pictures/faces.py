"""A face or initials for a member, as SVG and as PNG: geometric, in the colours of the house, the same for the same key."""

import random
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from stoa.demo_guild.reading import table

GROUNDS = ("#E9DFCB", "#DDE1CC", "#CFDDE6", "#EADFBF", "#EBD3C8", "#DCD6CC")
SKINS = ("#F1CFB3", "#E0B08A", "#C68E63", "#9C6743", "#6F472E", "#F5DCC6")
HAIRS = ("#2B2723", "#5A3A22", "#8C5A2B", "#B9B2A6", "#B4482A", "#3B3A44", "#D8B26A")
CLOTHES = ("#B4482A", "#5C6B2F", "#1F6390", "#A97B16", "#6B655C", "#7A3E52")
INK = "#1F1D1A"
STYLES = ("bald", "bowl", "bun", "long", "curls", "cap")


@dataclass(frozen=True, slots=True)
class Face:
    ground: str
    skin: str
    hair: str
    clothes: str
    style: str
    glasses: bool
    smile: int


def face_of(key: str) -> Face:
    """The same face for the same key, always."""
    dice = random.Random(f"face {key}")
    ground, skin, hair, clothes = (dice.choice(colours) for colours in (GROUNDS, SKINS, HAIRS, CLOTHES))
    return Face(ground, skin, hair, clothes, dice.choice(STYLES), dice.random() < 0.3, dice.randint(2, 7))


def has_picture(key: str) -> bool:
    """Two members of three have put up a picture, and all whom the story follows; the others show their initials."""
    return (
        any(row["key"] == key for row in table("people")["person"]) or random.Random(f"picture {key}").random() < 0.66
    )


def avatar_alt(name: str) -> str:
    return f"Drawn portrait of {name}"


def avatar_svg(key: str) -> str:
    """The face on a 96-unit square, about 1 KB."""
    face = face_of(key)
    shapes = "".join(
        f'<{"ellipse" if kind == "oval" else "rect"} {_svg_box(kind, box, round_)} fill="{colour}"/>'
        for kind, box, colour, round_ in _shapes(face)
    )
    glasses = ""
    if face.glasses:
        rims = '<circle cx="39" cy="46" r="7"/><circle cx="57" cy="46" r="7"/><path d="M46 46h4"/>'
        glasses = f'<g fill="none" stroke="{INK}" stroke-width="2">{rims}</g>'
    mouth = f'<path d="M41 58q7 {face.smile} 14 0" fill="none" stroke="{INK}" stroke-width="2" stroke-linecap="round"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">{shapes}{mouth}{glasses}</svg>'


def avatar_png(key: str, size: int = 192) -> bytes:
    """The face as a square PNG of that many pixels."""
    face, unit = face_of(key), size / 48
    image = Image.new("RGB", (size * 2, size * 2), face.ground)
    draw = ImageDraw.Draw(image)
    for kind, box, colour, round_ in _shapes(face):
        scaled = [value * unit for value in box]
        if kind == "oval":
            draw.ellipse(scaled, fill=colour)
        else:
            draw.rounded_rectangle(scaled, radius=round_ * unit, fill=colour)
    draw.arc(
        [41 * unit, (56 - face.smile / 2) * unit, 55 * unit, (58 + face.smile) * unit], 20, 160, INK, int(2 * unit)
    )
    if face.glasses:
        for left in (32, 50):
            draw.ellipse([left * unit, 39 * unit, (left + 14) * unit, 53 * unit], outline=INK, width=int(2 * unit))
        draw.line([46 * unit, 46 * unit, 50 * unit, 46 * unit], INK, int(2 * unit))
    out = BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).quantize(48).save(out, "PNG", optimize=False)
    return out.getvalue()


Shape = tuple[str, tuple[float, float, float, float], str, float]


def _shapes(face: Face) -> list[Shape]:
    """From back to front: (kind, box, colour, corner)."""
    back: dict[str, list[Shape]] = {
        "long": [("box", (24, 24, 72, 76), face.hair, 22)],
        "bun": [("oval", (38, 6, 58, 26), face.hair, 0)],
        "curls": [
            ("oval", (x, y, x + 24, y + 24), face.hair, 0) for x, y in ((20, 22), (26, 12), (38, 8), (48, 12), (54, 22))
        ],
    }
    front: dict[str, list[Shape]] = {
        "bald": [],
        "cap": [("box", (27, 18, 69, 36), face.clothes, 12), ("box", (25, 32, 78, 38), face.clothes, 3)],
    }
    fringe: list[Shape] = [("box", (28, 18, 68, 36), face.hair, 14)]
    body: list[Shape] = [
        ("box", (0, 0, 96, 96), face.ground, 0),
        *back.get(face.style, []),
        ("oval", (12, 72, 84, 132), face.clothes, 0),
        ("box", (41, 58, 55, 80), face.skin, 6),
        ("oval", (28, 20, 68, 70), face.skin, 0),
    ]
    eyes: list[Shape] = [("oval", (37, 44, 41, 48), INK, 0), ("oval", (55, 44, 59, 48), INK, 0)]
    return [*body, *front.get(face.style, fringe), *eyes]


def _svg_box(kind: str, box: tuple[float, float, float, float], round_: float) -> str:
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    if kind == "oval":
        return f'cx="{left + wide / 2:g}" cy="{top + high / 2:g}" rx="{wide / 2:g}" ry="{high / 2:g}"'
    return f'x="{left:g}" y="{top:g}" width="{wide:g}" height="{high:g}" rx="{round_:g}"'
