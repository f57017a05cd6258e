"""What every chart stands in: a caption, the drawing with title and description, words for the part pointed at, the table."""

import zlib
from collections.abc import Callable, Iterable, Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Words = Callable[[float], str]


def whole(value: float) -> str:
    """1310.0 → "1,310"; 4.25 → "4.2"; 2.98 → "3"."""
    return f"{value:,.0f}" if round(float(value), 1).is_integer() else f"{value:,.1f}"


def percent(value: float) -> str:
    """0.357 → "36 %"."""
    return f"{value * 100:.0f} %"


def between(low: float, high: float, words: Words) -> str:
    """ "25–48 %": the unit once."""
    start, end = words(low), words(high)
    return f"{start.removesuffix(' %') if end.endswith(' %') else start}–{end}"


def joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))


def figure(
    title: str,
    desc: str,
    drawing: str,
    height: int,
    heads: Sequence[str],
    rows: Iterable[Sequence[str]],
    note: str = "",
    wing: str = "",
) -> SafeString:
    """One chart with its table. `drawing` is markup made by `format_html`."""
    mark = f"chart-{zlib.crc32((title + desc).encode()):x}"
    return format_html(
        '<figure class="chart{}" data-behaviour="chart"><figcaption>{}</figcaption>'
        '<svg width="100%" height="{}" role="img" aria-labelledby="{}-t {}-d"><title id="{}-t">{}</title>'
        '<desc id="{}-d">{}</desc>{}</svg>{}<p class="chart-tip" aria-hidden="true"></p>'
        "<details><summary>{}</summary>{}</details></figure>",
        f" wing-{wing}" if wing else "",
        title,
        height,
        *(mark, mark, mark, title, mark, desc, drawing),
        format_html('<p class="chart-note">{}</p>', note) if note else "",
        _("Show as a table"),
        table(heads, rows),
    )


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> SafeString:
    head = format_html_join("", '<th scope="col">{}</th>', ((each,) for each in heads))
    body = joined(
        format_html(
            '<tr><th scope="row">{}</th>{}</tr>',
            row[0],
            format_html_join("", '<td class="is-figure">{}</td>', ((cell,) for cell in row[1:])),
        )
        for row in rows
    )
    return format_html(
        '<div class="table-wrap"><table class="table"><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>',
        head,
        body,
    )


def absent() -> str:
    return _("not available")
