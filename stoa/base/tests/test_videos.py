"""Videos are known by their header, kept without place and time, and refused when they contradict themselves."""

import io
import struct
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from stoa.base import ffmpeg, files
from stoa.base.actors import Actor, Standing
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.files import videos
from stoa.base.files.looked_at import Blank
from stoa.base.models import File
from stoa.base.tests import small_videos as small
from stoa.base.tests.small_videos import PLACE, box, mp4, webm

pytestmark = pytest.mark.django_db
ADA = Actor(person_id=5, standing=Standing.MEMBER)
MOST = 1_000_000


@pytest.fixture(autouse=True)
def _store(settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = {**settings.STORAGES, "default": folder}
    monkeypatch.setattr(ffmpeg, "program", lambda: "")


def look(content: bytes) -> tuple[str, int, int, float]:
    found = videos.look(io.BytesIO(content))
    return found.media_type, found.width, found.height, found.seconds


def keep(content: bytes, name: str = "porch.mp4") -> File:
    return files.keep_video(io.BytesIO(content), most=MOST, by=ADA, name=name)


def stored(file: File) -> bytes:
    with files.open_file(file) as opened:
        return opened.read()


def test_headers_say_what_a_video_is() -> None:
    assert look(mp4(12.5, (1280, 720))) == ("video/mp4", 1280, 720, 12.5)
    assert look(mp4(4, (1920, 1080), brand=b"qt  ")) == ("video/quicktime", 1920, 1080, 4.0)
    assert look(webm(3, (640, 360))) == ("video/webm", 640, 360, 3.0)


def test_a_video_that_was_taken_upright_is_upright() -> None:
    assert look(mp4(2, (1920, 1080), turned=True)) == ("video/mp4", 1080, 1920, 2.0)


def test_a_large_box_may_say_its_size_in_64_bits() -> None:
    whole = mp4(2)
    kind, data = whole[:20], box(b"mdat", b"pictures" * 16)
    assert look(kind + small.long_box(b"mdat", b"pictures" * 16) + whole[20 + len(data) :])[3] == 2.0


def test_where_and_when_it_was_taken_is_not_kept() -> None:
    for content in (mp4(), mp4(brand=b"qt  "), webm()):
        assert PLACE in content
        kept = stored(keep(content))
        assert PLACE not in kept
        assert struct.pack(">I", small.TAKEN) not in kept
        assert len(kept) == len(content)
        assert look(kept) == look(content)


def test_the_pictures_stay_byte_for_byte() -> None:
    content = bytes(range(256)) * 20
    assert content in stored(keep(mp4(content=content)))


def test_a_track_of_places_goes_with_all_its_samples() -> None:
    telemetry = b"GPS5 " + PLACE * 4
    kept = stored(keep(mp4(telemetry=telemetry, place=b"")))
    assert telemetry not in kept
    assert PLACE not in kept
    assert b"pictures" * 16 in kept
    assert kept.count(b"trak") == 2


def test_a_track_of_places_that_does_not_say_where_all_its_samples_lie_is_refused() -> None:
    whole = mp4(telemetry=PLACE * 4, place=b"")
    table = whole.rindex(b"stsc")
    for spoiled in (
        whole[:table] + b"free" + whole[table + 4 :],
        whole[: table + 16] + bytes(4) + whole[table + 20 :],
    ):
        with pytest.raises(Invalid, match="not a video that we can read"):
            keep(spoiled)


def between_pictures(*tracks: bytes) -> bytes:
    """A movie in whose data something lies between the samples of these tracks."""
    data = box(b"mdat", b"picture1", b"freeGPS " + PLACE, b"picture2", PLACE)
    return KIND + data + box(b"moov", small.head(2), *tracks)


KIND = box(b"ftyp", b"isom", bytes(4))
FIRST, SECOND = len(KIND) + 8, len(KIND) + 24 + len(PLACE)


def test_what_no_track_names_is_not_kept() -> None:
    """Cameras in cars write where they are between the pictures."""
    content = between_pictures(
        small.track(b"vide", (640, 360), at=FIRST, lengths=(8,)), small.track(b"soun", codec=b"mp4a", at=SECOND, lengths=(8,))
    )  # fmt: skip
    kept = stored(keep(content))
    assert PLACE not in kept
    assert b"freeGPS" not in kept
    assert b"picture1" in kept
    assert b"picture2" in kept
    assert look(kept) == look(content)


def test_sound_of_one_size_holds_all_up_to_what_comes_next() -> None:
    sound = small.track(b"soun", codec=b"sowt", at=FIRST, lengths=(1,))
    sound = sound.replace(b"stsz" + bytes(8) + b"\0\0\0\1\0\0\0\1", b"stsz" + bytes(7) + b"\1\0\0\0\1" + bytes(4))
    kept = stored(keep(between_pictures(small.track(b"vide", (640, 360), at=SECOND, lengths=(8,)), sound)))
    assert b"picture1freeGPS " + PLACE + b"picture2" + bytes(len(PLACE)) in kept


def test_what_a_track_does_not_say_plainly_leaves_the_data_as_it_is() -> None:
    film = small.track(b"vide", (640, 360), at=FIRST, lengths=(8,)).replace(b"stsc", b"free")
    assert b"picture2" in stored(keep(between_pictures(film)))


def test_further_down_only_what_is_listed_stays() -> None:
    said = box(b"udta", b"inside " + PLACE)
    film = small.track(b"vide", (640, 360), at=FIRST, lengths=(8,))
    named = box(b"hdlr", bytes(8), b"vide", bytes(12), b"Camera of Ada\0")
    for before, after in (
        (b"stsd", said), (b"stbl", said), (b"mdhd", said), (b"mdhd", box(b"edts", said)), (b"mdhd", named),
    ):  # fmt: skip
        kept = stored(keep(between_pictures(grown(film, before, after))))
        assert b"inside" not in kept
        assert b"Camera of Ada" not in kept
    fragment = box(b"moof", box(b"traf", box(b"tfhd", bytes(8)), said))
    assert b"inside" not in stored(keep(between_pictures(film) + fragment))


def grown(track: bytes, before: bytes, more: bytes) -> bytes:
    """The track with `more` in front of its box `before`."""
    for path in ((b"trak", b"mdia", b"minf", b"stbl", b"stsd"), (b"trak", b"mdia", b"mdhd")):
        if before in path:
            ways = path[: path.index(before)]
            at = track.index(before) - 4
            for kind in ways:
                place = track.index(kind) - 4
                size = int.from_bytes(track[place : place + 4]) + len(more)
                track = track[:place] + size.to_bytes(4) + track[place + 4 :]
            return track[:at] + more + track[at:]
    raise AssertionError(before)


def test_what_stands_outside_of_the_movie_goes_too() -> None:
    assert PLACE not in stored(keep(mp4(place=b"") + box(b"uuid", bytes(16), PLACE)))


HOSTILE = {
    "nothing": b"",
    "words": b"This is no video at all, whatever its name says.",
    "a picture": b"\xff\xd8\xff\xe0" + bytes(100),
    "cut short": mp4()[:-20],
    "only a kind": box(b"ftyp", b"isom", bytes(8)),
    "a box larger than the file": box(b"ftyp", b"isom") + struct.pack(">I", 0x7FFFFFFF) + b"moov" + bytes(40),
    "a box larger than any file": box(b"ftyp", b"isom") + struct.pack(">I4sQ", 1, b"moov", 2**63) + bytes(40),
    "a box smaller than its head": box(b"ftyp", b"isom") + struct.pack(">I", 3) + b"moov" + bytes(40),
    "no tracks": box(b"ftyp", b"isom") + box(b"moov", small.head(2)),
    "sound alone": box(b"ftyp", b"isom") + box(b"moov", small.head(2), small.track(b"soun", codec=b"mp4a")),
    "a codec that nobody plays": mp4(codec=b"cvid"),
    "no size": mp4(size=(0, 0)),
    "wider than any screen": mp4(size=(30_000, 20)),
    "an empty head": box(b"ftyp", b"isom") + box(b"moov", box(b"mvhd"), small.track(b"vide", (640, 360))),
    "boxes without end": box(b"ftyp", b"isom") + box(b"moov", box(b"free") * 30_000),
    "samples without number": mp4(telemetry=b"x").replace(
        b"stsz" + bytes(8) + b"\0\0\0\1", b"stsz" + bytes(8) + b"\xff" * 4
    ),
    "more samples than any telemetry has": mp4(telemetry=b"x").replace(
        b"stsz" + bytes(8) + b"\0\0\0\1", b"stsz" + bytes(4) + b"\0\0\0\1" + b"\x7f\xff\xff\xff"
    ),
    "matroska": webm(kind=b"matroska"),
    "a codec of the other kind": webm(codec=b"V_MPEG4"),
    "webm cut short": webm()[:-4],
    "elements of no size": b"\x1a\x45\xdf\xa3" + b"\xff" * 12,
    "an element of zeros": b"\x1a\x45\xdf\xa3" + bytes(40),
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=list(HOSTILE))
def test_what_is_no_whole_video_is_refused(content: bytes) -> None:
    with pytest.raises(Invalid, match="not a video that we can read"):
        keep(content)
    assert File.objects.count() == 0


def test_a_track_that_names_bytes_of_others_is_refused() -> None:
    """Its samples are said to be the movie's own head."""
    whole = mp4(telemetry=b"x" * 200)
    place = whole.index(b"moov")
    stco = whole.rindex(b"stco")
    spoiled = whole[: stco + 12] + struct.pack(">I", place) + whole[stco + 16 :]
    with pytest.raises(Invalid):
        keep(spoiled)
    assert File.objects.count() == 0


@pytest.mark.parametrize("seconds", [0, 13 * 3600])
def test_a_video_must_say_how_long_it_is(seconds: float) -> None:
    with pytest.raises(Invalid, match="does not say how long"):
        keep(mp4(seconds))


def test_webm_may_not_last_for_ever() -> None:
    for length in (float("nan"), float("inf"), -3.0):
        with pytest.raises(Invalid, match="does not say how long"):
            keep(webm(length))


def test_a_video_beyond_what_is_taken_is_refused() -> None:
    with pytest.raises(Invalid, match=r"too large: 2 MB") as refused:
        keep(mp4(content=bytes(1_100_000)))
    assert refused.value.mend == "Use one of at most 1 MB."
    assert File.objects.count() == 0


def test_a_stranger_brings_none() -> None:
    with pytest.raises(NotAllowed):
        files.keep_video(io.BytesIO(mp4()), most=MOST, by=Actor())


def test_the_row_says_what_it_is() -> None:
    content = mp4(2.5, (720, 1280))
    file = keep(content, name="../of the porch.mp4")
    assert (file.media_type, file.width, file.height, file.seconds, file.size) == (
        "video/mp4", 720, 1280, 2.5, len(content),
    )  # fmt: skip
    assert (file.is_video, file.is_picture, file.name, file.owner_id) == (True, False, "of the porch.mp4", 5)


def test_without_ffmpeg_a_drawn_picture_stands_for_it() -> None:
    file = keep(mp4(size=(1080, 1920)))
    with files.open_file(file, thumb=True) as opened, Image.open(opened) as poster:
        assert (poster.format, poster.size) == ("WEBP", (360, 640))


def test_another_poster_can_be_chosen() -> None:
    file, out = keep(mp4()), io.BytesIO()
    Image.new("RGB", (300, 200), "#c84").save(out, "PNG")
    before = file.thumb
    files.change_poster(file, files.store_poster(out.getvalue()))
    assert File.objects.get().thumb not in ("", before)
    with pytest.raises(Invalid):
        files.store_poster(b"no picture")


def test_the_same_bytes_are_blanked_once_however_often_they_are_named() -> None:
    copy = io.BytesIO(b"abcdefgh")
    videos.blank(copy, [Blank(1, 4, ((1, b"X"),)), Blank(2, 6), Blank(0, 2)])
    assert copy.getvalue() == b"\0X\0\0\0\0gh"


def test_of_a_webm_only_what_is_listed_stays() -> None:
    said = small.element
    more = said(0x73A4, bytes(16)) + said(0x7384, b"Holiday at Ada/porch.webm") + said(0x5741, b"Camera of Ada")
    video = said(0xE0, said(0xB0, b"\2\x80"), said(0xBA, b"\1\x68"))
    film = said(0xAE, said(0x83, b"\1"), said(0x86, b"V_VP9"), said(0x536E, b"Porch of Ada"), video)
    info = said(0x1549A966, said(0x4489, struct.pack(">d", 3000)), more)
    rest = said(0xEC, b"once here: Ada") + said(0x1F43B675, b"\xe7\x81\0pictures")

    def whole(*tracks: bytes) -> bytes:
        return said(0x1A45DFA3, said(0x4282, b"webm")) + said(0x18538067, info, said(0x1654AE6B, *tracks), rest)

    sound = said(0xAE, said(0x83, b"\2"), said(0x86, b"A_OPUS"))
    kept = stored(keep(whole(film, sound)))
    assert b"da" not in kept.lower()
    assert b"pictures" in kept
    assert look(kept) == look(whole(film, sound)) == ("video/webm", 640, 360, 3.0)
    with pytest.raises(Invalid):
        keep(whole(film, said(0xAE, said(0x83, b"\x21"), said(0x86, b"D_WEBVTT/METADATA"))))
