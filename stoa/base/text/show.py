"""Stored HTML made ready to be shown: the names of those mentioned and the words of what is quoted, as they are now."""

import re
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from markupsafe import Markup

from stoa.base import ids
from stoa.base.actors import VISITOR, Actor
from stoa.base.text import sockets
from stoa.base.text.cards import Linked, carded, with_cards
from stoa.base.text.sockets import Name, Quoted, QuoteMark
from stoa.base.text.spoilers import uncovered
from stoa.base.text.value import Authored, Written

_person = re.compile(rf'<x-person id="([{ids.ALPHABET}]{{{ids.LENGTH}}})"></x-person>')
_group = re.compile(r'<x-group id="([a-z]{2,20})"></x-group>')
_quote = re.compile(rf'<x-quote id="([{ids.ALPHABET}]{{{ids.LENGTH}}})" start="(\d+)" end="(\d+)"></x-quote>')

_picture = re.compile(rf'<img src="/files/([{ids.ALPHABET}]{{{ids.LENGTH}}})[?"]')


def person_ids(*htmls: str) -> set[int]:
    """Whose names these texts need."""
    return {number for html in htmls for match in _person.finditer(html) if (number := _id(match[1])) is not None}


def group_keys(html: str) -> frozenset[str]:
    """Which groups this text calls."""
    return frozenset(match[1] for match in _group.finditer(html))


def file_ids(html: str) -> set[int]:
    """Which of our files this text shows."""
    return {number for match in _picture.finditer(html) if (number := _id(match[1])) is not None}


def quote_marks(*htmls: str) -> set[QuoteMark]:
    """Which quotes these texts need."""
    return {mark for html in htmls for match in _quote.finditer(html) if (mark := _mark(match)) is not None}


def show(
    html: str,
    names: Mapping[int, Name],
    quotes: Mapping[QuoteMark, Quoted] | None = None,
    linked: Linked | None = None,
) -> Markup:
    """The stored HTML with names, quotes and cards filled in. Who is not in `names` has left; what is not in `quotes` is gone."""
    if "<x-" not in html:
        return Markup(html)  # noqa: S704

    def named(match: re.Match[str]) -> str:
        number = _id(match[1])
        return _name(names.get(number) if number is not None else None)

    def quoted(match: re.Match[str]) -> str:
        mark = _mark(match)
        return _words((quotes or {}).get(mark) if mark is not None else None)

    filled = _person.sub(named, _group.sub(_called, with_cards(uncovered(html), linked or Linked())))
    return Markup(_quote.sub(quoted, filled))  # noqa: S704


def show_each(rows: Iterable[Authored], *, to: Actor = VISITOR) -> dict[int, Markup]:
    """Row id → what to show, for a page of authored rows: one query for all names, and those of the quotes' room."""
    stored = {row.pk: row.html for row in rows}
    open_ones = [html for html in stored.values() if "<x-" in html]
    names = sockets.names_of(person_ids(*open_ones))
    quotes = sockets.quotes_of(quote_marks(*open_ones), to)
    linked = carded(open_ones, to)
    return {number: show(html, names, quotes, linked) for number, html in stored.items()}


def show_written(written: Written, *, to: Actor = VISITOR) -> Markup:
    """One text that stands in no row yet, as it would be shown when it did."""
    names = sockets.names_of(person_ids(written.html))
    return show(written.html, names, sockets.quotes_of(quote_marks(written.html), to), carded([written.html], to))


def _name(person: Name | None) -> Markup:
    if person is None:
        return Markup('<span class="mention">@{}</span>').format(_("someone who left"))
    if not person.address:
        return Markup('<span class="mention">@{}</span>').format(person.name)
    return Markup('<a class="mention" href="{}">@{}</a>').format(person.address, person.name)


def _called(match: re.Match[str]) -> Markup:
    return Markup('<span class="mention">@{}</span>').format(sockets.group_named(match[1]))


def _words(quote: Quoted | None) -> Markup:
    if quote is None or not quote.text:
        return Markup('<em class="quote-gone">{}</em>').format(_("What was quoted here is no longer there."))
    source = Markup(' <a class="quote-source" href="{}">{}</a>').format(quote.address, quote.by or _("source"))
    return Markup("<q>{}</q>{}").format(quote.text, source if quote.address else Markup(""))


def _id(shown: str) -> int | None:
    try:
        return ids.parse(shown)
    except ValueError:
        return None


def _mark(match: re.Match[str]) -> QuoteMark | None:
    number = _id(match[1])
    return None if number is None else QuoteMark(number, int(match[2]), int(match[3]))
