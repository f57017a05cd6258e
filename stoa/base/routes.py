"""Finding the view of an address: only the patterns that begin with the same part are asked, in their order.

Django asks every pattern of every room in turn: three hundred of them before it comes to the front page.
"""

import copy
from typing import Any

from django.urls import URLPattern, URLResolver
from django.urls.resolvers import ResolverMatch, RoutePattern

Pattern = URLPattern | URLResolver
ANY = "<"  # a pattern that may begin with anything; no part of an address is read as this


class Rooms(URLResolver):
    """The rooms' patterns under one roof: `urlpatterns = [Rooms([path("", include(…)), …])]`."""

    def __init__(self, patterns: list[Pattern]) -> None:
        super().__init__(RoutePattern(""), patterns)
        self._narrowed: dict[str, URLResolver] = {}

    def resolve(self, path: Any) -> ResolverMatch:
        if not self._narrowed:
            parts = first_parts(self) | {ANY}
            self._narrowed = {part: narrowed(self, part) for part in parts}
        part = str(path).partition("/")[0]
        return URLResolver.resolve(self._narrowed.get(part) or self._narrowed[ANY], path)


def first_parts(pattern: Pattern) -> set[str]:
    """With what part an address may begin that this pattern matches."""
    route = pattern.pattern
    if not isinstance(route, RoutePattern):
        return {ANY}
    text = str(route._route)  # type: ignore[attr-defined]
    if not text and isinstance(pattern, URLResolver):
        return {part for each in pattern.url_patterns for part in first_parts(each)}
    part = text.partition("/")[0]
    return {ANY} if ANY in part or (isinstance(pattern, URLResolver) and "/" not in text) else {part}


def narrowed(resolver: URLResolver, part: str) -> URLResolver:
    """The resolver with only those of its patterns that an address of this first part may match."""
    double = copy.copy(resolver)
    double.url_patterns = [
        narrowed(each, part)
        if isinstance(each, URLResolver) and not str(getattr(each.pattern, "_route", ANY))
        else each
        for each in resolver.url_patterns
        if first_parts(each) & {part, ANY}
    ]
    return double
