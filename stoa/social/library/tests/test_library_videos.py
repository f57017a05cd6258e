"""Videos in the library: brought without place and time, in versions, found twice by their bytes, with a picture that stands for them."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from stoa.base import files
from stoa.base.actors import VISITOR, Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow, File
from stoa.base.options import set_option
from stoa.base.tests.small_videos import PLACE, mp4, webm
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.library.actions import About, add_version, add_video, bring_video, choose_poster, go_back
from stoa.social.library.check import check
from stoa.social.library.models import Asset
from stoa.social.library.reading import near_ones
from stoa.social.library.tests.makers import bytes_of, drawing, make_asset, make_video
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db
NEW = "/desk/library/new/"


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def stored(file: File, *, thumb: bool = False) -> bytes:
    with files.open_file(file, thumb=thumb) as opened:
        return opened.read()


def upload(content: bytes, name: str = "lamp.mp4") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "video/mp4")


def test_a_video_comes_in_with_all_that_is_said_of_it(staff: Actor) -> None:
    asset = make_video("The lamp, lit", by=staff, size=(1080, 1920), tags=("lamp",))
    kept = Asset.objects.get()
    assert (kept.title, kept.alt, kept.shape) == ("The lamp, lit", "A lamp is switched on", "tall")
    assert (kept.file.is_video, kept.file.seconds, kept.file.length) == (True, 12.5, "0:12")
    assert (kept.file.thing_key, kept.file.thing_id, kept.file.owner_id) == ("library.asset", asset.id, None)
    assert FactRow.objects.get(name="library.asset_brought").about_id == asset.id
    assert list(check()) == []


def test_nothing_of_the_place_where_it_was_taken_is_kept(staff: Actor) -> None:
    assert PLACE not in stored(make_video(by=staff).file)


def test_a_video_larger_than_the_option_says_is_refused(staff: Actor) -> None:
    set_option("library.video_megabytes", 1, by=make_staff("owner"))
    with pytest.raises(Invalid, match="This video is too large: 2 MB"):
        make_video(by=staff, content=mp4(content=bytes(1_200_000)))
    assert not File.objects.exists()


def test_whoever_may_not_keep_the_library_brings_none(db: None) -> None:
    with pytest.raises(NotAllowed):
        bring_video(io.BytesIO(mp4()), About("Lamp"), by=actor_of(make_person()))
    assert not File.objects.exists()


def test_the_same_video_brought_twice_is_found(staff: Actor) -> None:
    first, other = make_video(by=staff), make_video("Another", seconds=3, by=staff)
    again = make_video("The same", by=staff)
    assert [(each.asset, each.bits) for each in near_ones(again, staff)] == [(first, 0)]
    assert near_ones(other, staff) == []


def test_versions_of_a_video_are_videos(staff: Actor) -> None:
    asset, picture = make_video(by=staff), make_asset(by=staff)
    version = add_video(asset, io.BytesIO(webm(4)), why="Shorter", by=staff)
    asset.refresh_from_db()
    assert (version.number, asset.file.media_type, asset.file.seconds) == (2, "video/webm", 4.0)
    go_back(asset, asset.versions.get(number=1), by=staff)
    assert Asset.objects.get(id=asset.id).file.media_type == "video/mp4"
    with pytest.raises(Invalid, match="This asset is a video"):
        add_version(asset, bytes_of(drawing(1)), by=staff)
    with pytest.raises(Invalid, match="This asset is a picture"):
        add_video(picture, io.BytesIO(mp4()), by=staff)
    assert asset.versions.count() == 3
    assert list(check()) == []


def test_another_picture_can_stand_for_a_video(staff: Actor) -> None:
    asset = make_video(by=staff)
    before = asset.file.thumb
    choose_poster(asset, bytes_of(drawing(4)), by=staff)
    assert File.objects.get().thumb not in ("", before)
    for wrong in (b"", mp4(), b"words"):
        with pytest.raises(Invalid):
            choose_poster(asset, wrong, by=staff)
    with pytest.raises(NotAllowed):
        choose_poster(asset, bytes_of(drawing(5)), by=actor_of(make_person()))


def test_pictures_and_videos_come_in_together(browser: Client) -> None:
    both = [upload(bytes_of(drawing(1)), "lamp.png"), upload(mp4(), "The lamp lit.mov")]
    answer = browser.post(NEW, {"pictures": both, "licence": "own"})
    assert answer.status_code == 303
    assert set(Asset.objects.values_list("title", flat=True)) == {"lamp", "The lamp lit"}


def test_what_is_no_video_is_refused_with_its_name(browser: Client) -> None:
    answer = browser.post(NEW, {"pictures": [upload(mp4()[:-30], "broken.mp4")], "licence": "own"})
    assert answer.status_code == 422
    assert "broken.mp4" in answer.content.decode()
    assert "not a video that we can read" in answer.content.decode()
    assert not Asset.objects.exists()


def test_its_page_plays_it_and_the_grid_says_how_long_it_is(browser: Client, staff: Actor) -> None:
    asset = make_video(by=staff, seconds=75)
    shown = browser.get(f"/desk/library/{asset.shown_id}/").content.decode()
    assert f'src="{asset.file.address}"' in shown
    assert "<video" in shown
    assert "1:15" in browser.get("/desk/library/?kind=video").content.decode()
    assert "1:15" not in browser.get("/desk/library/?kind=picture").content.decode()


def test_a_poster_is_chosen_on_its_page(browser: Client, staff: Actor) -> None:
    asset = make_video(by=staff)
    address = f"/desk/library/{asset.shown_id}/poster/"
    assert browser.post(address, {"poster": upload(bytes_of(drawing(2)), "poster.png")}).status_code == 303
    refused = browser.post(address, {"poster": upload(b"words", "poster.png")})
    assert refused.status_code == 422
    assert "This is not a picture" in refused.content.decode()


def test_another_version_is_added_on_its_page(browser: Client, staff: Actor) -> None:
    asset = make_video(by=staff)
    answer = browser.post(f"/desk/library/{asset.shown_id}/versions/", {"file": upload(webm(5)), "why": "Shorter"})
    assert answer.status_code == 303
    assert [each.number for each in asset.versions.order_by("number")] == [1, 2]


def test_a_file_is_sent_as_a_video_to_those_who_may_see_it(browser: Client, staff: Actor) -> None:
    asset = make_video(by=staff)
    for address, kind in ((asset.file.address, "video/mp4"), (asset.file.thumb_address, "image/webp")):
        answer: Any = browser.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, kind)
        assert answer["Content-Disposition"].startswith("inline")
        assert b"".join(answer.streaming_content) == stored(asset.file, thumb=kind == "image/webp")
    assert not files.may_see_file(VISITOR, asset.file)
