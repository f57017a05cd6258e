"""The sweeps are shown leaks, one of each kind, and see them; and pages that are right, and let them be."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from stoa.base.models import Site
from stoa.base.pages import find
from stoa.base.requests import Request
from stoa.spaces.models import Invitation, Space
from tests.access import asking, sweep
from tests.access.rules import Kind, Rule
from tests.access.world import World
from tests.access.writes import Wrote, nothing_written


def right(request: Request, space_id: int) -> HttpResponse:
    return HttpResponse(find(Space.objects.visible_to(request.actor), id=space_id).name)


def leaking(request: HttpRequest, space_id: int) -> HttpResponse:
    return HttpResponse(find(Space.objects.all(), id=space_id).name)


def betraying(request: Request, space_id: int) -> HttpResponse:
    if Space.objects.filter(id=space_id).exists() and not Space.objects.visible_to(request.actor).filter(id=space_id):
        return HttpResponse("this is secret", status=404)
    return right(request, space_id)


def counting(request: HttpRequest) -> HttpResponse:
    return HttpResponse(str(Space.objects.count()))


def naming(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(Space.objects.values_list("name", flat=True)))


def asking_each(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "".join(Space.objects.get(id=space.id).name[:1] for space in Space.objects.filter(visibility="public"))
    )


def writing(request: HttpRequest) -> HttpResponse:
    Site.objects.update_or_create(id=1, defaults={"name": "Changed"})
    return HttpResponse("")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return HttpResponse("nothing here", status=404)


views = [
    path("right/<id:space_id>/", right, name="right"),
    path("leaking/<id:space_id>/", leaking, name="leaking"),
    path("betraying/<id:space_id>/", betraying, name="betraying"),
    path("counting/", counting, name="counting"),
    path("naming/", naming, name="naming"),
    path("each/", asking_each, name="each"),
    path("writing/", writing, name="writing"),
]
urlpatterns = [path("", include((views, "planted")))]
handler404 = "tests.access.test_planted_leaks.not_found"
OF = {"space_id": "spaces.space"}


def card(name: str) -> tuple[Rule, ...]:
    return (Rule(f"planted:{name}", Kind.CARD, of=OF),)


def page(name: str) -> tuple[Rule, ...]:
    return (Rule(f"planted:{name}", Kind.OPEN),)


@pytest.fixture(autouse=True)
def planted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("stoa.base.pages.not_found", not_found)
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_a_route_without_a_rule_is_told_with_the_line_to_add() -> None:
    said = sweep.without_rule(asking.routes(), card("right"))
    assert 'Rule("planted:leaking", Kind.CONTENT, of={"space_id": "planted.space"}),' in said[0]
    assert len(said) == len(views) - 1


def test_a_page_that_asks_permission_passes(world: World) -> None:
    found = sweep.matrix(world, card("right"))
    assert (found.asked, found.wrong) == (4 * 13, [])
    assert sweep.canaries(world, card("right")).wrong == []


def test_a_page_that_shows_hidden_spaces_is_caught(world: World) -> None:
    wrong = sweep.matrix(world, card("leaking")).wrong
    assert len(wrong) == 2 + 2 + 10
    assert "GET planted:leaking as owner in a secret space: expected missing, was 200 " in wrong
    assert sweep.canaries(world, card("leaking")).wrong


def test_a_not_found_that_differs_from_nothing_is_caught(world: World) -> None:
    assert len(sweep.matrix(world, card("betraying")).wrong) == 2 + 2 + 10


def test_a_list_that_names_hidden_spaces_is_caught(world: World) -> None:
    wrong = sweep.canaries(world, page("naming")).wrong
    assert "owner finds the secret card in GET planted:naming (public)" in wrong


def delete_with_all(rows: QuerySet[Any]) -> None:
    """Deletes rows, first those that hold them."""
    try:
        rows.delete()
    except ProtectedError as held:
        for each in held.protected_objects:
            delete_with_all(type(each)._base_manager.filter(pk=each.pk))
        delete_with_all(rows)


def test_a_count_that_betrays_a_hidden_space_is_caught(world: World) -> None:
    full = world
    asked = sweep.script(full, page("counting") + card("right"))
    one = sweep.answers(full, asked)
    Invitation.objects.filter(space=full.spaces["secret"]).delete()
    delete_with_all(Space.objects.filter(id=full.spaces["secret"].id))
    wrong = sweep.differences(one, sweep.answers(full, asked)).wrong
    assert len(wrong) == 10
    assert all("/counting/" in each for each in wrong)


def test_a_page_that_asks_for_each_row_is_caught(world: World) -> None:
    before = sweep.queries(world, page("each"))
    for number in range(9):
        Space.objects.create(name=f"More {number}", slug="more", visibility="public")
    wrong = sweep.growing(before, sweep.queries(world, page("each")), {"planted:each": 99})
    assert wrong == [
        f"planted:each asks {before['planted:each']} queries, and {before['planted:each'] + 9} when there is ten times as much"
    ]


def test_a_page_over_its_ceiling_is_caught(world: World) -> None:
    counted = sweep.queries(world, page("counting"))
    assert sweep.growing(counted, counted, {"planted:counting": counted["planted:counting"] - 1})
    assert sweep.growing(counted, counted, {}) == [
        f'tests/access/ceilings.py: add "planted:counting": {counted["planted:counting"]},'
    ]


def test_a_get_that_writes_is_caught(world: World) -> None:
    browser = asking.client(world, "member")
    browser.raise_request_exception = True
    with pytest.raises(Wrote), nothing_written():
        asking.ask(browser, "GET", "/writing/")
    with pytest.raises(Http404):
        find(Space.objects.none(), id=1)
