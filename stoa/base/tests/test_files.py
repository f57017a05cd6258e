"""Files are made anew from pixels, kept once, and fetched only by those who may see what they belong to."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory
from PIL import Image

from stoa.base import actors, clock, files, ids, things, views
from stoa.base.actors import VISITOR, Actor, Standing
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import File, Site
from stoa.base.tasks import forget_files
from stoa.base.tests import hostile_files
from stoa.base.tests.hostile_files import located, picture
from stoa.base.text import write

pytestmark = pytest.mark.django_db
ADA = Actor(person_id=5, standing=Standing.MEMBER)
BOB = Actor(person_id=6, standing=Standing.MEMBER)
CASES = list(hostile_files.cases())


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Any) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}


@pytest.fixture
def seen() -> Iterator[set[int]]:
    """A kind of thing that only the persons in this set may see."""
    who: set[int] = set()

    def visible(actor: Actor, numbers: Any) -> Any:
        Site.objects.get_or_create(pk=1)
        return Site.objects.filter(id__in=numbers) if actor.person_id in who else Site.objects.none()

    things.register(things.Thing("base.leaf", visible, lambda row: things.Card("leaf", "/")))
    yield who
    things._kinds.pop("base.leaf")


def keep(content: bytes | None = None, by: Actor = ADA, **values: str) -> File:
    return files.keep_picture(io.BytesIO(picture() if content is None else content), by=by, **values)


def fetch(file_id: int, by: Actor, **asked: str) -> Any:
    request = RequestFactory().get(f"/files/{ids.shown(file_id)}", asked)
    request.actor = by  # type: ignore[attr-defined]
    answer: Any = views.file(request, file_id)  # type: ignore[arg-type]
    answer.read = b"".join(answer.streaming_content)
    answer.file_to_stream.close()  # not the answer: its end would close the test's database
    return answer


def stored() -> int:
    return sum(
        len(found)
        for _, found in (storages["default"].listdir(folder) for folder in storages["default"].listdir("")[0])
    )


@pytest.mark.parametrize(("content", "may"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_a_hostile_upload_is_refused_or_made_harmless(content: bytes, may: bool) -> None:
    if not may:
        with pytest.raises(Invalid) as refused:
            keep(content)
        assert (refused.value.field, File.objects.count(), stored()) == ("file", 0, 0)
        return
    file = keep(content)
    for thumb in (False, True):
        with files.open_file(file, thumb=thumb) as opened:
            kept = opened.read()
        assert not any(
            trace in kept for trace in (b"script", b"alert", b"PK\x03\x04", b"Secret", b"canary", b"Exif", b"GPS")
        )
        with Image.open(io.BytesIO(kept)) as made:
            assert not made.getexif()


def test_a_picture_is_turned_upright_before_its_orientation_is_lost() -> None:
    file = keep(located())
    assert (file.width, file.height, file.media_type) == (40, 60, "image/jpeg")


def test_sides_are_limited_and_a_thumbnail_is_made() -> None:
    file = keep(picture("JPEG", (3000, 1500)), name="../../etc/\u202epasswd\x00.jpg", alt=" A door ")
    assert (file.width, file.height, file.name, file.alt) == (2400, 1200, "passwd.jpg", "A door")
    with files.open_file(file, thumb=True) as opened, Image.open(opened) as small:
        assert (small.size, small.format) == ((640, 320), "WEBP")


def test_transparency_is_kept() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (20, 20), (1, 2, 3, 0)).save(out, "PNG")
    with files.open_file(keep(out.getvalue())) as opened, Image.open(opened) as made:
        assert (made.format, made.mode, made.getpixel((1, 1))[3]) == ("PNG", "RGBA", 0)  # type: ignore[index]


def test_equal_bytes_are_stored_once_and_go_with_their_last_row(django_capture_on_commit_callbacks: Any) -> None:
    first, second = keep(), keep(by=BOB)
    assert (first.digest, stored()) == (second.digest, 2)
    with django_capture_on_commit_callbacks(execute=True):
        files.erase_files_of(5)
    assert (File.objects.get().id, stored()) == (second.id, 2)
    with django_capture_on_commit_callbacks(execute=True):
        files.erase_files_of(6)
    assert stored() == 0


def test_visitors_bring_nothing_and_members_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotAllowed):
        keep(by=VISITOR)
    monkeypatch.setattr("stoa.base.files.actions.QUOTA", 100)
    with pytest.raises(NotPossible):
        keep()
    assert (File.objects.count(), stored()) == (0, 0)


def test_unattached_it_is_the_owners_alone() -> None:
    file = keep()
    assert fetch(file.id, ADA).status_code == 200
    for other in (BOB, VISITOR):
        with pytest.raises(views.Http404):
            fetch(file.id, other)


def test_attached_it_is_seen_by_whoever_sees_the_thing(seen: set[int]) -> None:
    file = keep()
    assert files.attach([file.id], ("base.leaf", 1), by=BOB) == 0
    assert files.attach([file.id], ("base.leaf", 1), by=ADA) == 1
    assert files.attach([file.id], ("base.leaf", 2), by=ADA) == 0
    for nobody in (ADA, BOB, VISITOR):
        with pytest.raises(views.Http404):
            fetch(file.id, nobody)
    seen.add(6)
    assert fetch(file.id, BOB).status_code == 200


def test_a_picture_in_a_second_text_has_a_row_of_its_own(seen: set[int]) -> None:
    file = keep(alt="A door")
    text = write(f"Look: ![A door]({file.address})")
    first = files.take_pictures(text, ("base.leaf", 1), by=ADA)
    assert first == text
    assert files.take_pictures(first, ("base.leaf", 1), by=ADA) == text
    second = files.take_pictures(text, ("base.leaf", 2), by=ADA)
    copy = File.objects.exclude(id=file.id).get()
    assert second.source == f"Look: ![A door]({copy.address})"
    assert (second.file_ids, copy.address in second.html, file.address in second.html) == ({copy.id}, True, False)
    assert (copy.thing_id, copy.owner_id, copy.digest, copy.alt) == (2, 5, file.digest, "A door")
    file.refresh_from_db()
    assert (file.thing_id, stored()) == (1, 2)


def test_somebody_elses_picture_is_refused_and_what_one_cannot_see_is_as_good_as_gone(seen: set[int]) -> None:
    file = keep()
    text = write(f"![A door]({file.address})")
    assert files.take_pictures(text, ("base.leaf", 2), by=BOB) == text
    files.attach([file.id], ("base.leaf", 1), by=ADA)
    assert files.take_pictures(text, ("base.leaf", 2), by=BOB) == text
    seen.add(6)
    with pytest.raises(Invalid) as refused:
        files.take_pictures(text, ("base.leaf", 2), by=BOB)
    assert (refused.value.field, File.objects.count()) == ("source", 1)


def test_a_copy_takes_room_like_any_other_file(monkeypatch: pytest.MonkeyPatch) -> None:
    file = keep()
    files.attach([file.id], ("base.leaf", 1), by=ADA)
    monkeypatch.setattr("stoa.base.files.actions.QUOTA", file.size)
    with pytest.raises(NotPossible):
        files.take_pictures(write(f"![A door]({file.address})"), ("base.leaf", 2), by=ADA)
    assert (File.objects.count(), stored()) == (1, 2)


def test_what_is_attached_to_an_unknown_kind_is_seen_by_nobody() -> None:
    file = keep()
    files.attach([file.id], ("base.nothing", 1), by=ADA)
    with pytest.raises(views.Http404):
        fetch(file.id, ADA)


def test_a_file_is_sent_so_that_it_can_do_nothing() -> None:
    answer = fetch(keep(name="door.png").id, ADA)
    assert answer["Content-Type"] == "image/png"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["Content-Disposition"] == 'inline; filename="door.png"'
    assert answer["Cache-Control"] == "private, max-age=600"
    assert answer.read[:4] == b"\x89PNG"


def test_what_visitors_may_see_is_kept_by_the_browser_and_never_by_what_stands_between(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Site.objects.get_or_create(pk=1)
    shown = things.Thing(
        "base.shown",
        lambda _actor, numbers: Site.objects.filter(id__in=numbers),
        lambda _row: things.Card("shown", "/"),
    )
    monkeypatch.setitem(things._kinds, shown.key, shown)
    file = keep()
    files.attach([file.id], ("base.shown", 1), by=ADA)
    kept = {fetch(file.id, by)["Cache-Control"] for by in (ADA, VISITOR)}
    assert kept == {"private, max-age=2592000, immutable"}


def test_what_is_no_picture_is_a_download() -> None:
    made = files.keep_bytes(b"<script>", media_type="text/html", name="a.html", by=ADA)
    assert fetch(made.id, ADA)["Content-Disposition"] == 'attachment; filename="a.html"'
    assert fetch(made.id, ADA, size="thumb").read == b"<script>"


def test_behind_the_front_the_answer_names_the_bytes() -> None:
    file = keep()
    request = RequestFactory().get("/", {"size": "thumb"}, **{views.FRONT: True})
    request.actor = ADA  # type: ignore[attr-defined]
    answer = views.file(request, file.id)  # type: ignore[arg-type]
    assert answer["X-Stoa-File"] == f"{file.thumb[:2]}/{file.thumb}"
    assert answer["Content-Type"] == "image/webp"


def test_bringing_a_picture_by_its_address() -> None:
    def bring(by: Actor, **fields: Any) -> Any:
        request = RequestFactory().post("/files/", fields)
        request.actor = by  # type: ignore[attr-defined]
        return views.bring_file(request)  # type: ignore[arg-type]

    good = bring(ADA, file=SimpleUploadedFile("a.gif", picture("JPEG"), "text/html"), alt="A [red] door")
    file = File.objects.get()
    assert good.status_code == 201
    assert f'"markdown": "![A red door](/files/{file.shown_id})"' in good.content.decode()
    assert file.media_type == "image/jpeg"
    assert bring(ADA, file=SimpleUploadedFile("a.png", b"<svg/>", "image/png")).status_code == 422
    assert bring(ADA).status_code == 422
    assert bring(VISITOR, file=SimpleUploadedFile("a.png", picture())).status_code == 403
    assert File.objects.count() == 1


def test_what_is_used_nowhere_is_forgotten_after_two_days(seen: set[int]) -> None:
    start = datetime(2026, 5, 1, tzinfo=UTC)
    with clock.pinned(start):
        lost, used = keep(), keep()
    files.attach([used.id], ("base.leaf", 1), by=ADA)
    with clock.pinned(start + timedelta(hours=47)):
        forget_files()
    assert File.objects.filter(id=lost.id).exists()
    with clock.pinned(start + timedelta(hours=49)):
        forget_files()
    assert list(File.objects.values_list("id", flat=True)) == [used.id]


def test_system_may_bring_files_of_nobody() -> None:
    assert keep(by=actors.system("demo")).owner_id is None
