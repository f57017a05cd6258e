"""The shape of a picture, by which the library can be narrowed."""

WIDE, TALL, SQUARE = "wide", "tall", "square"
SHAPES = (WIDE, SQUARE, TALL)
NEARLY = 1.1  # a side that is at most so many times the other makes a square


def shape_of(width: int, height: int) -> str:
    if width > height * NEARLY:
        return WIDE
    return TALL if height > width * NEARLY else SQUARE
