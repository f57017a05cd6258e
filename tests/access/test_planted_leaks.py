"""The sweeps are shown leaks, one of each kind, and see them; and pages that are right, and let them be."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
import structlog
from django.db.models import ProtectedError, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import include, path

from stoa.base import ids
from stoa.base.models import Site
from stoa.base.pages import find
from stoa.base.requests import Request
from stoa.base.server import page_cache
from stoa.spaces.models import Invitation, Space
from tests.access import asking, sweep
from tests.access.rules import Kind, Rule
from tests.access.sweep import Swept
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


def names() -> str:
    return ", ".join(Space.objects.values_list("name", flat=True))


def heading(request: HttpRequest) -> HttpResponse:
    return HttpResponse("", headers={"X-Spaces": names()})


def leading(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=302, headers={"Location": f"/{Space.objects.get(visibility='secret').slug}/"})


def baking(request: HttpRequest) -> HttpResponse:
    answer = HttpResponse("")
    answer.set_cookie("messages", names())
    return answer


def refusing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"Not one of {names()}.", status=422)


def packing(request: HttpRequest) -> HttpResponse:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("people.json", names())
    return HttpResponse(packed.getvalue(), content_type="application/zip")


def in_part(request: HttpRequest) -> HttpResponse:
    return HttpResponse(names() if "HX-Request" in request.headers else "", headers={"Vary": "HX-Request"})


def drawing(request: HttpRequest) -> HttpResponse:
    """Looks up what was sent as it came."""
    chosen = ids.read(request.POST.get("space", ""))
    return HttpResponse(
        Space.objects.get(id=chosen).name if chosen else '<form method="post"><input name="space"></form>'
    )


def logging(request: HttpRequest) -> HttpResponse:
    structlog.get_logger().warning("planted", names=names())
    return HttpResponse("")


def sharing(request: Request) -> HttpResponse:
    shown = ", ".join(Space.objects.visible_to(request.actor).values_list("name", flat=True))
    return HttpResponse(shown, headers={"Cache-Control": "public, max-age=60"})


def own(request: Request) -> HttpResponse:
    return HttpResponse(sharing(request).content)


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
    path("heading/", heading, name="heading"),
    path("leading/", leading, name="leading"),
    path("baking/", baking, name="baking"),
    path("refusing/", refusing, name="refusing"),
    path("packing/", packing, name="packing"),
    path("in-part/", in_part, name="in_part"),
    path("drawing/", drawing, name="drawing"),
    path("logging/", logging, name="logging"),
    path("sharing/", sharing, name="sharing"),
    path("own/", own, name="own"),
]
urlpatterns = [path("", include((views, "planted")))]
handler404 = "tests.access.test_planted_leaks.not_found"
OF = {"space_id": "spaces.space"}


def card(name: str) -> tuple[Rule, ...]:
    return (Rule(f"planted:{name}", Kind.CARD, of=OF),)


def page(name: str) -> tuple[Rule, ...]:
    return (Rule(f"planted:{name}", Kind.OPEN),)


def swept(world: World, known: tuple[Rule, ...]) -> Swept:
    return sweep.sweep(world, known, besides=False)


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
    found = swept(world, card("right"))
    assert (found.matrix.asked, found.matrix.wrong) == (4 * 13, [])
    assert found.leaks.wrong == []


def test_a_page_that_shows_hidden_spaces_is_caught(world: World) -> None:
    found = swept(world, card("leaking"))
    assert len(found.matrix.wrong) == 2 + 2 + 10
    assert "GET planted:leaking as owner in a secret space: expected missing, was 200 " in found.matrix.wrong
    assert found.leaks.wrong


def test_a_not_found_that_differs_from_nothing_is_caught(world: World) -> None:
    assert len(swept(world, card("betraying")).matrix.wrong) == 2 + 2 + 10


@pytest.mark.parametrize(
    ("name", "where"),
    [
        ("naming", "GET planted:naming (public)"),
        ("heading", "GET planted:heading (public)"),
        ("leading", "GET planted:leading (public)"),
        ("baking", "GET planted:baking (public)"),
        ("refusing", "GET planted:refusing (public)"),
        ("packing", "GET planted:packing (public)"),
        ("in_part", "GET planted:in_part (public), as a fragment"),
        ("drawing", "/drawing/ with what does not belong there"),
        ("logging", "the log of owner"),
    ],
)
def test_an_answer_that_names_a_hidden_space_is_caught(world: World, name: str, where: str) -> None:
    found = sweep.sweep(world, page(name), ("owner",), besides=False)
    speaks = "log" if name == "logging" else "owner"
    assert any(each.startswith(f"{speaks} finds the secret card in {where}") for each in found.leaks.wrong)


def test_a_page_of_a_member_that_caches_may_keep_is_caught(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    shared = sweep.sweep(world, page("sharing"), ("steward",), besides=False).leaks.wrong
    assert "anonymous finds the secret card in a shared cache: /sharing/ for steward" in shared
    assert not sweep.sweep(world, page("own"), ("steward",), besides=False).leaks.wrong
    monkeypatch.setattr(page_cache, "carries_our_cookie", lambda _cookie: False)
    monkeypatch.setattr(page_cache, "may_be_kept", lambda answer: answer.status == 200)
    kept = sweep.sweep(world, page("own"), ("steward",), besides=False).leaks.wrong
    assert "anonymous finds the secret card in the kept page /own/?" in kept


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
    one = swept(full, page("counting") + card("right"))
    Invitation.objects.filter(space=full.spaces["secret"]).delete()
    delete_with_all(Space.objects.filter(id=full.spaces["secret"].id))
    wrong = sweep.differences(one, sweep.again(full, one)).wrong
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
