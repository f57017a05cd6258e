"""Icons: Lucide, drawn into the page, one size and one stroke (both are the style sheet's)."""

from functools import cache
from xml.etree import ElementTree
from zipfile import ZipFile

from django.utils.html import format_html
from markupsafe import Markup

# Arrows that follow the direction of reading.
MIRRORED = {
    "arrow-left", "arrow-right", "chevron-left", "chevron-right", "reply", "undo-2", "redo-2", "send", "log-out",
    "corner-down-right", "panel-left", "list", "quote",
}  # fmt: skip
SVG = "{http://www.w3.org/2000/svg}"


@cache
def strokes(name: str) -> str:
    """What stands inside the icon's `<svg>`. Raises KeyError for a name that Lucide does not have."""
    from importlib.resources import files

    with files("lucide").joinpath("lucide.zip").open("rb") as packed, ZipFile(packed) as icons:
        drawing = ElementTree.fromstring(icons.read(f"{name}.svg"))  # noqa: S314
    for node in drawing.iter():
        node.tag = node.tag.removeprefix(SVG)
    return "".join(ElementTree.tostring(node, encoding="unicode").strip() for node in drawing)


@cache
def icon(name: str, label: str = "") -> Markup:
    """An icon as markup. Without a label it is silent to a screen reader: then a text stands beside it."""
    kind = "icon is-mirrored" if name in MIRRORED else "icon"
    said = format_html('role="img" aria-label="{}"', label) if label else 'aria-hidden="true"'
    return Markup(f'<svg class="{kind}" viewBox="0 0 24 24" {said}>{strokes(name)}</svg>')  # noqa: S704
