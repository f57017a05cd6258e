"""A workbench to draw on: boxes, ovals and lines in units of a 120 by 90 field, smoothed when it is saved."""

import random
from io import BytesIO

from PIL import Image, ImageDraw, ImageFilter

WIDE, HIGH, SMOOTH = 120, 90, 2
INK, WOOD, EDGE, CREAM = "#2A2622", "#C99A63", "#A87B48", "#F3EBDC"
Point = tuple[float, float]


class Canvas:
    """A drawing in progress; ``grey`` draws what has not been mended yet in duller colours."""

    def __init__(self, pixels: int, wall: str, grey: bool, dice: random.Random) -> None:
        self.unit = pixels * SMOOTH / WIDE
        self.grey = grey
        self.dice = dice
        self.size = (pixels, pixels * HIGH // WIDE)
        self.image = Image.new("RGB", (self.size[0] * SMOOTH, self.size[1] * SMOOTH), wall)
        self.draw = ImageDraw.Draw(self.image)

    def colour(self, colour: str) -> str:
        if not self.grey:
            return colour
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        mean = sum(parts) / 3
        return "#" + "".join(f"{int((part * 0.45 + mean * 0.55) * 0.86):02X}" for part in parts)

    def box(self, left: float, top: float, right: float, bottom: float, colour: str, corner: float = 0) -> None:
        edges = [value * self.unit for value in (left, top, right, bottom)]
        self.draw.rounded_rectangle(edges, radius=corner * self.unit, fill=self.colour(colour))

    def oval(self, x: float, y: float, wide: float, high: float, colour: str) -> None:
        edges = [value * self.unit for value in (x - wide, y - high, x + wide, y + high)]
        self.draw.ellipse(edges, fill=self.colour(colour))

    def ring(self, x: float, y: float, radius: float, colour: str, thick: float) -> None:
        edges = [value * self.unit for value in (x - radius, y - radius, x + radius, y + radius)]
        self.draw.ellipse(edges, outline=self.colour(colour), width=int(thick * self.unit))

    def arc(
        self, x: float, y: float, wide: float, high: float, start: float, end: float, colour: str, thick: float
    ) -> None:
        edges = [value * self.unit for value in (x - wide, y - high, x + wide, y + high)]
        self.draw.arc(edges, start, end, self.colour(colour), int(thick * self.unit))

    def line(self, points: list[Point], colour: str, thick: float) -> None:
        scaled = [(x * self.unit, y * self.unit) for x, y in points]
        self.draw.line(scaled, self.colour(colour), int(thick * self.unit), joint="curve")

    def shape(self, points: list[Point], colour: str) -> None:
        self.draw.polygon([(x * self.unit, y * self.unit) for x, y in points], fill=self.colour(colour))

    def bench(self) -> None:
        """The table, its grain, and a tool or two at the edge."""
        grey, self.grey = self.grey, False
        self.box(0, 68, 120, 90, WOOD)
        self.box(0, 68, 120, 69.2, EDGE)
        for _ in range(9):
            left, top = self.dice.uniform(0, 100), self.dice.uniform(72, 89)
            self.line([(left, top), (left + self.dice.uniform(8, 24), top)], EDGE, 0.4)
        self.line([(6, 82), (17, 79)], "#8A8578", 1.2)
        self.line([(2, 83.1), (8, 81.5)], "#B4482A", 2.6)
        self.oval(111, 82, 3, 2.1, "#A97B16")
        self.oval(111, 81.6, 1.4, 0.9, WOOD)
        self.grey = grey

    def glow(self, x: float, y: float, radius: float) -> None:
        """Warm light around a point."""
        light = Image.new("L", (WIDE * 2, HIGH * 2), 0)
        edges = [2 * (x - radius), 2 * (y - radius), 2 * (x + radius), 2 * (y + radius)]
        ImageDraw.Draw(light).ellipse(edges, fill=120)
        light = light.filter(ImageFilter.GaussianBlur(radius / 2)).resize(self.image.size)
        self.image.paste(Image.new("RGB", self.image.size, "#FFE6A8"), (0, 0), light)
        self.draw = ImageDraw.Draw(self.image)

    def png(self) -> bytes:
        out = BytesIO()
        self.image.resize(self.size, Image.Resampling.LANCZOS).quantize(96).save(out, "PNG")
        return out.getvalue()
