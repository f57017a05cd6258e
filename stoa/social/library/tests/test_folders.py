"""Folders: a tree of three levels at most."""

import pytest

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.social.library.actions import delete_folder, make_folder, rename_folder
from stoa.social.library.models import Folder
from stoa.social.library.tests.makers import make_asset
from stoa.spaces.tests.makers import make_staff


def test_a_tree_is_three_levels_deep_and_no_deeper(staff: Actor) -> None:
    year = make_folder("2026", by=staff)
    spring = make_folder("Spring", parent=year, by=staff)
    fair = make_folder("Fair", parent=spring, by=staff)
    assert [each.depth for each in (year, spring, fair)] == [1, 2, 3]
    with pytest.raises(Invalid) as refused:
        make_folder("Deeper", parent=fair, by=staff)
    assert refused.value.field == "parent"
    assert Folder.objects.count() == 3


def test_a_name_stands_once_in_its_place(staff: Actor) -> None:
    year, other = make_folder("2026", by=staff), make_folder("2025", by=staff)
    make_folder("Spring", parent=year, by=staff)
    make_folder("Spring", parent=other, by=staff)
    for act in (lambda: make_folder("2026", by=staff), lambda: rename_folder(other, " 2026 ", by=staff)):
        with pytest.raises(Invalid, match="of this name already"):
            act()
    assert rename_folder(other, "2024", by=staff).name == "2024"
    with pytest.raises(Invalid):
        make_folder("  ", by=staff)


def test_what_lay_in_a_folder_lies_in_the_one_above(staff: Actor) -> None:
    year = make_folder("2026", by=staff)
    spring = make_folder("Spring", parent=year, by=staff)
    asset = make_asset(by=staff, folder=spring)
    with pytest.raises(NotPossible):
        delete_folder(year, by=staff)
    delete_folder(spring, by=staff)
    asset.refresh_from_db()
    assert asset.folder == year
    delete_folder(year, by=staff)
    asset.refresh_from_db()
    assert asset.folder is None


def test_a_lead_makes_no_folders(staff: Actor) -> None:
    with pytest.raises(NotAllowed):
        make_folder("2026", by=make_staff("lead"))
    assert not Folder.objects.exists()
