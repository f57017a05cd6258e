"""Each component alone and all together: they render, say what they are, and hold nothing that our CSP refuses."""

import re
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.template import engines

from stoa.base import clock
from stoa.base.gallery import sample
from stoa.base.icons import icon, strokes
from stoa.base.moments import lasting, relative
from stoa.base.nav import Entry, Group
from stoa.base.pages import render
from stoa.base.tests.frame import MEMBER, STAFF, asked, guild
from stoa.base.words import initials

__all__ = ["guild"]
NOW = clock.now().replace(microsecond=0)


def drawn(template: str, **values: Any) -> str:
    return str(engines["jinja"].env.from_string(template).render(values))  # type: ignore[attr-defined]


@pytest.mark.usefixtures("guild")
@pytest.mark.parametrize("face", ["community", "desk"])
@pytest.mark.parametrize("actor", [MEMBER, STAFF])
def test_the_gallery_draws_every_component_on_both_faces(face: str, actor: object) -> None:
    page = render(asked(actor=actor), "base/gallery.html", {**sample(), "shell": f"base/{face}.html"})  # type: ignore[arg-type]
    said = page.content.decode()
    assert page.status_code == 200
    assert not re.search(r"<[^>]+ (style|on[a-z]+)=", said)
    assert "<script>" not in said
    ids = re.findall(r' id="([^"]+)"', said)
    assert {each for each in ids if ids.count(each) > 1} <= {each for each in ids if each.startswith("id_")}


def test_an_icon_is_silent_beside_its_text_and_speaks_when_alone() -> None:
    assert 'aria-hidden="true"' in icon("inbox")
    assert 'aria-label="Inbox"' in icon("inbox", "Inbox")


def test_an_icon_that_lucide_lacks_is_an_error() -> None:
    with pytest.raises(KeyError):
        strokes("no-such-icon")


def test_an_icons_label_is_escaped() -> None:
    assert "<b>" not in icon("inbox", '"><b>')


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Ines Okonkwo-Lindqvist", "IO"), ("Amara", "A"), ("", "?"), ("ליאורה בן־דוד", "לב"), ("· Zoe (she) K", "ZK")],
)
def test_initials_are_of_the_first_and_last_word(name: str, shown: str) -> None:
    assert initials(name) == shown


@pytest.mark.parametrize(
    ("ago", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=38), "38 min ago"),
        (timedelta(hours=19), "19 h ago"),
        (timedelta(days=3), "3 days ago"),
        (-timedelta(hours=2), "in 2 h"),
    ],
)
def test_a_fresh_time_is_relative(ago: timedelta, said: str) -> None:
    with clock.pinned(NOW):
        assert relative(NOW - ago) == said


def test_a_length_of_time_is_said_in_its_largest_unit() -> None:
    assert [lasting(timedelta(hours=hours)) for hours in (0.5, 19, 72)] == ["30 min", "19 h", "3 days"]


def test_a_figure_that_is_not_available_is_not_a_zero() -> None:
    assert "not available" in drawn('{{ ui.stat("Reach", none) }}')
    assert "not available" not in drawn('{{ ui.stat("Reach", 0) }}')


def test_what_a_person_wrote_is_escaped_in_every_component() -> None:
    said = drawn('{{ ui.person(x, note=x) }}{{ ui.row(x, "#", excerpt=x, meta=[x]) }}{{ ui.quote(x, by=x) }}', x="<b>&")
    assert "<b>" not in said


def test_a_rail_heading_stands_once_above_its_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.base import nav

    rail = [
        Entry("desk", 1, lambda: "Today", "base:manifest", "sun"),
        Entry("desk", 2, lambda: "Members", "base:manifest", "users", group="Community", wing="community"),
        Entry("desk", 3, lambda: "Spaces", "base:manifest", "map", group="Community", wing="community"),
    ]
    monkeypatch.setattr(nav, "of_face", lambda face: tuple(entry for entry in rail if entry.face == face))
    groups = nav.grouped("desk", STAFF)
    assert [(group.label, group.wing, len(group.entries)) for group in groups] == [
        ("", "", 1),
        ("Community", "community", 2),
    ]
    assert isinstance(groups[0], Group)


@pytest.mark.usefixtures("guild")
def test_the_rail_counts_what_waits_and_says_nothing_of_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    from stoa.base import nav

    for waiting, bubbles in ((3, 1), (0, 0)):
        entry = Entry("desk", 1, lambda: "Inbox", "base:manifest", "inbox", count=lambda actor, n=waiting: n)
        monkeypatch.setattr(nav, "of_face", lambda face, entry=entry: (entry,) if face == "desk" else ())
        said = render(asked(actor=STAFF), "base/desk.html", {}).content.decode()
        assert said.count('class="bubble"') == bubbles


def test_an_error_stands_beside_its_field_and_keeps_what_was_typed() -> None:
    form = sample()["broken_form"]
    said = drawn("{{ ui.field(form.name) }}", form=form)
    assert 'aria-invalid="true"' in said
    assert "id_name_error" in said


def test_a_message_of_django_is_drawn_in_its_kind() -> None:
    said = drawn("{{ ui.messages_list(m) }}", m=[SimpleNamespace(level_tag="error", __str__=lambda: "no")])
    assert "is-bad" in said
