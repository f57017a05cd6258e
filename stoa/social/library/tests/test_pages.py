"""The library's pages: a grid that is narrowed, pictures brought in one form, described on one page."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.people.models import Person
from stoa.social.library.actions import make_folder
from stoa.social.library.models import Asset, AssetVersion, Folder
from stoa.social.library.tests.makers import bytes_of, drawing, make_asset

LIST, NEW, UNDESCRIBED = "/desk/library/", "/desk/library/new/", "/desk/library/undescribed/"


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


def upload(name: str = "lamp.png", content: bytes = b"", seed: int = 1) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content or bytes_of(drawing(seed)), "image/png")


def page(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_library_says_what_it_is_for(browser: Client) -> None:
    assert "Nothing here yet" in page(browser, LIST)
    assert "Nothing like that here" in page(browser, f"{LIST}?q=lamp")


def test_the_grid_is_narrowed_by_words_folder_tag_licence_shape_and_missing_words(
    browser: Client, staff: Actor
) -> None:
    year = make_folder("2026", by=staff)
    spring = make_folder("Spring", parent=year, by=staff)
    make_asset("Café lamp", by=staff, folder=spring, tags=("light",), licence="cc0")
    make_asset("A kettle", seed=2, by=staff, alt="", content=bytes_of(drawing(2, (400, 700))))
    for query, found in (
        ("q=cafe", "lamp"), ("q=LAMP+cafe", "lamp"), ("q=light", "lamp"), (f"folder={year.shown_id}", "lamp"),
        (f"folder={spring.shown_id}", "lamp"), ("folder=none", "kettle"), ("tag=light", "lamp"), ("licence=cc0", "lamp"),
        ("shape=tall", "kettle"), ("alt=missing", "kettle"),
    ):  # fmt: skip
        shown = page(browser, f"{LIST}?{query}")
        assert ("Café lamp" in shown) == (found == "lamp"), query
        assert ("A kettle" in shown) == (found == "kettle"), query
    for nothing in ("folder=zzzzzzzzzzzzz", "tag=other", "q=kettle+lamp"):
        assert "Nothing like that here" in page(browser, f"{LIST}?{nothing}")


def test_a_long_list_goes_on_and_asks_no_more(
    browser: Client, staff: Actor, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    first = make_asset(by=staff)
    many(first, 60)
    with django_assert_max_num_queries(12):
        shown = page(browser, LIST)
    assert shown.count('<li class="asset">') == 48
    older = shown.split('rel="next"')[0].rpartition('href="')[2].split('"')[0].replace("&amp;", "&")
    assert page(browser, LIST + older).count('<li class="asset">') == 13


def many(first: Asset, count: int) -> None:
    """Rows over the same bytes, each a minute older."""
    for number in range(count):
        version = AssetVersion(number=1, file=first.file)
        asset = Asset(
            title=f"Lamp {number}",
            shape="wide",
            words="lamp",
            current=version,
            at=clock.now() - timedelta(minutes=number),
        )
        version.asset = asset
        asset.save(force_insert=True)
        version.save(force_insert=True)


def test_several_pictures_come_in_at_once_and_are_described_on_the_next_page(browser: Client) -> None:
    folder = Folder.objects.create(name="2026")
    shared = {"licence": "own", "folder": folder.shown_id, "tags": "Fair,  light", "credit": "", "licence_note": ""}
    answer = browser.post(NEW, {"pictures": [upload("the_lamp-1.png"), upload("kettle.png", seed=2)], **shared})
    assert (answer.status_code, answer["Location"]) == (303, UNDESCRIBED)
    lamp, kettle = Asset.objects.order_by("id")
    assert (lamp.title, kettle.title) == ("the lamp 1", "kettle")
    assert {each.tag for each in lamp.tags.all()} == {"fair", "light"}
    shown = page(browser, UNDESCRIBED)
    assert shown.count('name="assets"') == 2
    given = {
        "assets": [lamp.shown_id, kettle.shown_id],
        f"alt-{lamp.shown_id}": "A lamp",
        f"title-{lamp.shown_id}": "Lamp",
    }
    assert browser.post(UNDESCRIBED, given).status_code == 303
    lamp.refresh_from_db()
    assert (lamp.title, lamp.alt, lamp.folder, lamp.licence) == ("Lamp", "A lamp", folder, "own")
    assert [each.tag for each in lamp.tags.all()] == ["fair", "light"]
    assert page(browser, UNDESCRIBED).count('name="assets"') == 1


def test_one_that_is_no_picture_keeps_no_other_out(browser: Client) -> None:
    answer = browser.post(
        NEW, {"pictures": [upload(), upload("words.png", b"no picture")], "licence": "unknown", "tags": "fair"}
    )
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "words.png" in shown
    assert "One asset is in the library" in shown
    assert 'value="fair"' in shown
    assert Asset.objects.get().title == "lamp"


def test_what_is_wrong_stands_beside_its_field(browser: Client, staff: Actor) -> None:
    nothing = browser.post(NEW, {"licence": "unknown"})
    assert "Choose a picture or a video first." in nothing.content.decode()
    asset = make_asset(by=staff)
    given = {"title": "Hers", "alt": "", "licence": "cc_by", "focal": "c", "credit": "", "tags": "kept words"}
    refused = browser.post(f"{LIST}{asset.shown_id}/description/", given)
    assert refused.status_code == 422
    assert "This licence asks for credit. Say whose picture it is." in refused.content.decode()
    assert "kept words" in refused.content.decode()
    version = browser.post(f"{LIST}{asset.shown_id}/versions/", {"file": upload(content=b"no"), "why": "Brighter"})
    assert version.status_code == 422
    assert "This is not a picture that we can read." in version.content.decode()
    assert 'value="Brighter"' in version.content.decode()
    asset.refresh_from_db()
    assert (asset.title, asset.licence, asset.versions.count()) == ("A lamp", "own", 1)


def test_an_asset_is_looked_at_changed_and_deleted(browser: Client, staff: Actor) -> None:
    asset = make_asset(by=staff)
    double = make_asset("The double", by=staff)
    address = f"{LIST}{asset.shown_id}/"
    assert "The double" in page(browser, address)
    given = {"title": "Hers", "alt": "Words", "licence": "cc_by", "focal": "n", "credit": "Ida", "tags": "a, b"}
    assert browser.post(f"{address}description/", given).status_code == 303
    assert browser.post(f"{address}versions/", {"file": upload(seed=3), "why": "Brighter"}).status_code == 303
    first = AssetVersion.objects.get(asset=asset, number=1)
    assert browser.post(f"{address}current/", {"version": first.shown_id}).status_code == 303
    assert browser.post(f"{address}current/", {"version": double.current.shown_id}).status_code == 422
    shown = page(browser, address)
    assert "Back to version 1" in shown
    assert "Ida" in shown
    assert browser.post(f"{address}description/", {"_method": "DELETE"}).status_code == 303
    assert Asset.objects.get() == double


def test_folders_are_made_renamed_and_taken_away(browser: Client) -> None:
    address = f"{LIST}folders/"
    assert browser.post(address, {"name": "2026"}).status_code == 303
    assert browser.post(address, {"name": "2026"}).status_code == 422
    row = Folder.objects.get()
    assert browser.post(address, {"name": "Fair", "parent": row.shown_id}).status_code == 303
    assert browser.post(f"{address}{row.shown_id}/", {"name": "2027"}).status_code == 303
    assert "2027 / Fair" in page(browser, address)
    child = Folder.objects.get(parent=row)
    assert browser.post(f"{address}{child.shown_id}/", {"_method": "DELETE"}).status_code == 303
    assert Folder.objects.get().name == "2027"
