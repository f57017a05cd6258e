"""Assets: brought without what their files tell of place and camera, described, found, in versions, deleted when unused."""

import pytest

from stoa.base import files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow, File
from stoa.base.tests.hostile_files import located
from stoa.people.models import Person
from stoa.social.library.actions import About, add_version, bring_asset, delete_asset, describe_asset, go_back
from stoa.social.library.check import check
from stoa.social.library.keeping import erase, export
from stoa.social.library.models import Asset, AssetTag, AssetVersion, Band
from stoa.social.library.reading import near_ones
from stoa.social.library.tests.makers import bytes_of, drawing, make_asset
from stoa.spaces.tests.makers import make_staff

pytestmark = pytest.mark.django_db


def test_a_picture_comes_in_with_all_that_is_said_of_it(staff: Actor) -> None:
    asset = make_asset("The lamp", by=staff, credit="Mila Ortiz", licence="cc_by", tags=("lamp", "bench"), focal="ne")
    kept = Asset.objects.get()
    assert (kept.title, kept.alt, kept.shape, kept.focal) == ("The lamp", "A lamp on a bench", "wide", "ne")
    assert kept.credit_line == "Mila Ortiz (CC BY)"
    assert [each.tag for each in kept.tags.all()] == ["bench", "lamp"]
    assert (kept.current.number, kept.current.asset_id, kept.by_id) == (1, asset.id, staff.person_id)
    assert (kept.file.thing_key, kept.file.thing_id, kept.file.owner_id) == ("library.asset", asset.id, None)
    assert Band.objects.filter(version=kept.current).count() == 16
    assert FactRow.objects.get(name="library.asset_brought").about_id == asset.id
    assert list(check()) == []


def test_nothing_of_place_and_camera_is_kept(staff: Actor) -> None:
    content = located()
    assert b"GPS" in content or b"Exif" in content
    asset = bring_asset(content, About("There"), by=staff)
    with files.open_file(asset.file) as opened:
        kept = opened.read()
    assert not any(trace in kept for trace in (b"Exif", b"GPS", b"<x:xmpmeta", b"Secret"))


def test_a_picture_that_moves_is_refused_and_not_kept_without_its_movement(staff: Actor) -> None:
    moving = bytes_of(drawing(1), "GIF", save_all=True, append_images=[drawing(2)], duration=100)
    with pytest.raises(Invalid, match="This picture moves"):
        bring_asset(moving, About("It moves"), by=staff)
    assert not Asset.objects.exists()
    assert not File.objects.exists()


@pytest.mark.parametrize(
    ("about", "field"),
    [
        (About("A", licence="cc_by"), "credit"),
        (About("A", licence="permission"), "licence_note"),
        (About("A", licence="mine"), "licence"),
        (About("A", focal="x"), "focal"),
    ],
)
def test_what_a_licence_asks_for_must_be_said(staff: Actor, about: About, field: str) -> None:
    with pytest.raises(Invalid) as refused:
        bring_asset(bytes_of(drawing()), about, by=staff)
    assert refused.value.field == field
    assert not File.objects.exists()


def test_whoever_may_not_change_the_library_changes_nothing(staff: Actor) -> None:
    asset, lead = make_asset(by=staff), make_staff("lead")
    for act in (
        lambda: bring_asset(bytes_of(drawing()), About("A"), by=lead),
        lambda: describe_asset(asset, About("Mine"), by=lead),
        lambda: add_version(asset, bytes_of(drawing(2)), by=lead),
        lambda: delete_asset(asset, by=lead),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert Asset.objects.get().title == "A lamp"
    assert AssetVersion.objects.count() == 1


def test_versions_are_only_added_and_going_back_adds_one(staff: Actor) -> None:
    asset = make_asset(by=staff)
    first = asset.current
    second = add_version(asset, bytes_of(drawing(2, (400, 700))), why="Without the cable", by=staff)
    asset = Asset.objects.get()
    assert (asset.current_id, asset.shape) == (second.id, "tall")
    back = go_back(asset, first, by=staff)
    asset = Asset.objects.get()
    assert (back.number, back.file_id, back.why) == (3, first.file_id, "Back to version 1")
    assert (asset.current_id, asset.shape) == (back.id, "wide")
    with pytest.raises(NotPossible):
        go_back(asset, asset.current, by=staff)
    assert [each.number for each in AssetVersion.objects.order_by("id")] == [1, 2, 3]
    assert list(check()) == []


def test_a_version_that_is_no_picture_is_refused(staff: Actor) -> None:
    asset = make_asset(by=staff)
    with pytest.raises(Invalid):
        add_version(asset, b"no picture", by=staff)
    assert AssetVersion.objects.count() == File.objects.count() == 1


def test_the_same_picture_is_found_again_though_it_was_made_smaller(staff: Actor) -> None:
    first, other = make_asset(by=staff), make_asset("Another", seed=2, by=staff)
    small = make_asset("Small", content=bytes_of(drawing(1).resize((450, 300)), "JPEG", quality=60), by=staff)
    assert [each.asset for each in near_ones(small, staff)] == [first]
    assert near_ones(small, staff)[0].bits <= 16
    assert near_ones(other, staff) == []


def test_deleting_takes_the_files_along(staff: Actor) -> None:
    asset = make_asset(by=staff, tags=("lamp",))
    add_version(asset, bytes_of(drawing(2)), by=staff)
    delete_asset(asset, by=staff)
    assert not any(model.objects.exists() for model in (Asset, AssetVersion, AssetTag, Band, File))


def test_when_they_leave_the_picture_stays_and_the_name_goes(staff: Actor) -> None:
    asset, person = make_asset(by=staff, credit="Ida"), Person.objects.get(id=staff.person_id)
    assert export(person)["assets"][0]["title"] == "A lamp"
    assert export(person)["versions"] == [
        {"asset": asset.shown_id, "number": 1, "why": "", "at": asset.current.at.isoformat()}
    ]
    files.erase_files_of(person.id)
    erase(person)
    asset.refresh_from_db()
    assert (asset.by_id, asset.current.by_id, asset.credit) == (None, None, "Ida")
    assert File.objects.count() == 1
    assert export(person) == {"assets": [], "versions": []}


def test_a_recount_finds_what_does_not_fit(staff: Actor) -> None:
    asset = make_asset(by=staff)
    Asset.objects.update(words="something else", shape="tall")
    Band.objects.filter(version=asset.current).first().delete()  # type: ignore[union-attr]
    assert len(list(check())) == 3
