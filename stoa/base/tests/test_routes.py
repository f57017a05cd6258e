"""Every address leads to the same view, whether all patterns are asked or only those that begin like it."""

import re
from collections.abc import Iterator

import pytest
from django.urls import Resolver404, get_resolver
from django.urls.resolvers import RoutePattern, URLResolver

from stoa.base import ids
from stoa.base.routes import Rooms

SAMPLES = {"id": ids.shown(7 << 50), "int": "7", "slug": "a-b", "str": "word", "path": "a/b.c"}
PLACE = re.compile(r"<(?:(\w+):)?\w+>")


def rooms() -> Rooms:
    [found] = get_resolver().url_patterns
    assert isinstance(found, Rooms)
    return found


def addresses(resolver: URLResolver, above: str = "") -> Iterator[str]:
    for each in resolver.url_patterns:
        if isinstance(each.pattern, RoutePattern):
            route = above + PLACE.sub(lambda found: SAMPLES[found[1] or "str"], str(each.pattern._route))  # type: ignore[attr-defined]
            yield from addresses(each, route) if isinstance(each, URLResolver) else [route]


def found(path: str, *, all_asked: bool) -> object:
    try:
        match = URLResolver.resolve(rooms(), path) if all_asked else rooms().resolve(path)
    except Resolver404:
        return None
    return match.func, match.args, match.kwargs, match.view_name, match.route


def test_every_address_leads_to_the_same_view() -> None:
    known = [*addresses(rooms()), "t/a-topic/7", "uploads/x.png"]
    assert len(known) > 250
    assert [path for path in known if found(path, all_asked=False) != found(path, all_asked=True)] == []
    assert [path for path in known if found(path, all_asked=False) is None] == []


@pytest.mark.parametrize(
    "path", ["nothing", "nothing/", "topics", "topics/x/y/z/", "<", "<id:topic_id>/", "/", "people//"]
)
def test_what_is_not_there_is_not_there_either_way(path: str) -> None:
    assert (found(path, all_asked=False), found(path, all_asked=True)) == (None, None)
