"""Many assets at once: laid into a folder, given tags, by ticking them in the list."""

import pytest
from django.test import Client

from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.models import FactRow
from stoa.people.models import Person
from stoa.people.tests.makers import actor_of, make_person
from stoa.social.library.actions import make_folder, move_assets, tag_assets
from stoa.social.library.check import check
from stoa.social.library.models import Asset, AssetTag
from stoa.social.library.tests.makers import make_asset

pytestmark = pytest.mark.django_db
SEVERAL = "/desk/library/several/"


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


@pytest.fixture
def assets(staff: Actor) -> list[Asset]:
    return [make_asset(f"Lamp {number}", seed=number, by=staff, tags=("lamp",)) for number in (1, 2, 3)]


def changed() -> int:
    return FactRow.objects.filter(name="library.asset_changed").count()


def test_several_are_laid_into_a_folder_and_out_of_it(assets: list[Asset], staff: Actor) -> None:
    fair = make_folder("Fair", by=staff)
    assert move_assets([assets[0].id, assets[2].id], fair, by=staff) == 2
    assert set(Asset.objects.filter(folder=fair)) == {assets[0], assets[2]}
    assert changed() == 2
    assert move_assets([assets[0].id], fair, by=staff) == 0
    assert move_assets([assets[0].id], None, by=staff) == 1
    assert list(Asset.objects.filter(folder=fair)) == [assets[2]]


def test_several_are_found_by_a_tag_too(assets: list[Asset], staff: Actor) -> None:
    assert tag_assets([each.id for each in assets[:2]], ("fair", "lamp"), by=staff) == 2
    assert [each.tag for each in assets[0].tags.all()] == ["fair", "lamp"]
    assert set(Asset.objects.filter(words__contains="fair")) == set(assets[:2])
    assert tag_assets([assets[0].id], ("fair",), by=staff) == 0
    assert list(check()) == []


def test_one_that_would_have_too_many_tags_keeps_all_as_they_were(assets: list[Asset], staff: Actor) -> None:
    tag_assets([assets[1].id], tuple(f"tag {number}" for number in range(19)), by=staff)
    before, told = AssetTag.objects.count(), changed()
    with pytest.raises(Invalid, match="“Lamp 2” would have more than 20 tags"):
        tag_assets([each.id for each in assets], ("fair",), by=staff)
    assert (AssetTag.objects.count(), changed()) == (before, told)


def test_nothing_chosen_and_nothing_written_is_refused(assets: list[Asset], staff: Actor) -> None:
    with pytest.raises(Invalid, match="Choose an asset first"):
        move_assets([], None, by=staff)
    with pytest.raises(Invalid, match="Write a tag first"):
        tag_assets([assets[0].id], (), by=staff)


def test_whoever_only_sees_the_library_changes_nothing(assets: list[Asset]) -> None:
    for act in (
        lambda by: move_assets([assets[0].id], None, by=by),
        lambda by: tag_assets([assets[0].id], ("x",), by=by),
    ):
        with pytest.raises(NotAllowed):
            act(actor_of(make_person()))
    assert changed() == 0


def test_the_list_stays_narrowed_as_it_was(assets: list[Asset], browser: Client, staff: Actor) -> None:
    fair = make_folder("Fair", by=staff)
    ticked = [each.shown_id for each in assets[:2]]
    answer = browser.post(f"{SEVERAL}?tag=lamp", {"assets": ticked, "act": "move", "folder": fair.shown_id})
    assert (answer.status_code, answer["Location"]) == (303, "/desk/library/?tag=lamp")
    assert Asset.objects.filter(folder=fair).count() == 2


def test_what_was_ticked_and_typed_stays_when_it_is_refused(assets: list[Asset], browser: Client) -> None:
    answer = browser.post(SEVERAL, {"assets": [assets[0].shown_id], "act": "tags", "tags": "x" * 50})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "each of at most 40 characters" in shown
    assert "x" * 50 in shown
    assert f'value="{assets[0].shown_id}" form="several" checked' in shown
