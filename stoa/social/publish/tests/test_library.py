"""Pictures from the library in posts: words, credit and licence come along, and what is previewed is what goes out."""

from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from stoa.base import files
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotPossible
from stoa.base.models.file import File
from stoa.people.models import Person
from stoa.social.library.actions import delete_asset, describe_asset
from stoa.social.library.describing import as_it_is
from stoa.social.library.models import Asset
from stoa.social.library.tests.makers import bytes_of, drawing, make_asset, noise
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.publish import gates
from stoa.social.publish.actions import Draft, VariantDraft, plan_post, save_draft, throw_away
from stoa.social.publish.check import check
from stoa.social.publish.material import Shown
from stoa.social.publish.models import AssetUse, Delivery, Post
from stoa.social.publish.tests.hostile import HostileConnector, HostileNetwork
from stoa.spaces.tests.makers import make_staff

NEW = "/desk/posts/new/"


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


@pytest.fixture
def takes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The network's rules for pictures, as the test wants them."""

    def set_to(**limit: object) -> None:
        assert RULES.pictures
        wanted = replace(RULES, pictures=replace(RULES.pictures, **limit))  # type: ignore[arg-type]
        monkeypatch.setattr(HostileConnector, "rules", property(lambda _self: wanted))

    return set_to


def plan(asset: Asset, channel: Channel, by: Actor, **shown: str) -> Post:
    draft = Draft("Look", pictures=(Shown(asset.file.id, asset.alt, **shown),))  # type: ignore[arg-type]
    return plan_post(by=by, variants=[VariantDraft(channel)], draft=draft)


def sent(delivery: Delivery) -> tuple[File, bytes]:
    file = File.objects.get(id=delivery.content["pictures"][0]["file"])
    with files.open_file(file) as opened:
        return file, opened.read()


def test_a_picture_of_the_library_is_lent_to_the_post_and_its_use_is_known(channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff)
    post = plan(asset, channel, staff)
    shown = post.pictures[0]
    lent = File.objects.get(id=shown["file"])
    assert (shown["asset"], shown["alt"]) == (asset.id, "A lamp on a bench")
    assert (lent.thing_key, lent.thing_id, lent.digest, lent.owner_id) == (
        "publish.post",
        post.id,
        asset.file.digest,
        None,
    )
    assert AssetUse.objects.get().asset == asset
    assert Delivery.objects.get().content["pictures"] == [{"file": lent.id, "alt": "A lamp on a bench"}]
    assert list(check()) == []


def test_what_is_used_cannot_be_deleted_until_no_draft_shows_it(channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff)
    draft = Draft("Look", pictures=(Shown(asset.file.id, "A lamp"),))
    post = save_draft(None, draft, [VariantDraft(channel)], by=staff)
    with pytest.raises(NotPossible, match="is used in posts"):
        delete_asset(asset, by=staff)
    assert Asset.objects.filter(id=asset.id).exists()
    assert asset.versions.count() == 1
    throw_away(post, by=staff)
    delete_asset(asset, by=staff)
    assert not Asset.objects.exists()


def test_saved_anew_a_draft_still_knows_what_it_shows(channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff)
    first = Draft("Look", pictures=(Shown(asset.file.id, "A lamp", focal="n"),))
    post = save_draft(None, first, [VariantDraft(channel)], by=staff)
    again = Draft("Look here", pictures=(Shown(post.pictures[0]["file"], "My lamp", focal="se"),))
    post = save_draft(post, again, [VariantDraft(channel)], by=staff)
    assert post.pictures[0] == {"file": post.pictures[0]["file"], "alt": "My lamp", "focal": "se", "asset": asset.id}
    assert File.objects.filter(thing_key="publish.post").count() == 1
    post = save_draft(post, Draft("Nothing"), [VariantDraft(channel)], by=staff)
    assert not AssetUse.objects.exists()


def test_a_licence_that_asks_for_credit_gets_it_in_every_post(channel: Channel, staff: Actor) -> None:
    plan(make_asset(by=staff, credit="Mila Ortiz", licence="cc_by"), channel, staff)
    assert Delivery.objects.get().text == "Look\n\nPicture: Mila Ortiz (CC BY)"


def test_what_is_reserved_does_not_go_out(channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff, licence="reserved")
    with pytest.raises(Invalid, match="all rights are reserved"):
        plan(asset, channel, staff)
    assert not Post.objects.exists()
    assert not Delivery.objects.exists()


def test_what_turns_out_to_be_reserved_is_held_before_it_is_sent(channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff)
    plan(asset, channel, staff)
    assert gates.refusal(Delivery.objects.get()) == ""
    describe_asset(asset, replace(as_it_is(asset), licence="reserved"), by=staff)
    assert "all rights are reserved" in gates.refusal(Delivery.objects.get())


def test_whoever_may_not_see_the_library_takes_nothing_from_it(channel: Channel, staff: Actor) -> None:
    asset, mine = make_asset(by=staff), make_staff("moderator")
    stranger = replace(staff, rights=dict.fromkeys(staff.rights, frozenset({"publish.plan"})), person_id=mine.person_id)
    with pytest.raises(Invalid, match="is not known"):
        plan(asset, channel, stranger)
    assert not Post.objects.exists()


@pytest.mark.parametrize(("focal", "left"), [("w", True), ("e", False)])
def test_what_is_previewed_is_what_goes_out(
    browser: Client, channel: Channel, staff: Actor, takes: Callable[..., None], focal: str, left: bool
) -> None:
    takes(ratio_min=0.8, ratio_max=1.0)
    halves = Image.new("RGB", (800, 400), "#000000")
    halves.paste("#FFFFFF", (0, 0, 400, 400))
    asset = make_asset(by=staff, content=bytes_of(halves), focal=focal)
    given = {"channels": channel.shown_id, "text": "Look", "act": "assets", "asset": asset.shown_id}
    page = browser.post(NEW, given).content.decode()
    assert "Cut to 1:1." in page
    key = asset.file.shown_id
    address = f"/desk/posts/fitted/{key}/?channel={channel.shown_id}&focal={focal}"
    assert address.replace("&", "&amp;") in page
    shown = browser.get(address)
    pictures = {"pictures": key, f"alt-{key}": "Halves", f"focal-{key}": focal}
    assert (
        browser.post(NEW, {"channels": channel.shown_id, "text": "Look", "act": "now", **pictures}).status_code == 303
    )
    file, content = sent(Delivery.objects.get())
    assert content == shown.content
    assert (file.width, file.height) == (400, 400)
    assert Image.open(BytesIO(content)).convert("L").getpixel((200, 200)) == (255 if left else 0)
    assert Delivery.objects.get().content["pictures"][0]["of"] == Post.objects.get().pictures[0]["file"]


def test_a_heavy_picture_is_made_smaller_and_the_preview_says_so(
    browser: Client, channel: Channel, staff: Actor, takes: Callable[..., None]
) -> None:
    takes(bytes_at_most=200_000)
    asset = make_asset(by=staff, content=noise((900, 900)))
    given = {"channels": channel.shown_id, "text": "Look", "act": "assets", "asset": asset.shown_id}
    assert "→" in browser.post(NEW, given).content.decode()
    plan(asset, channel, staff)
    file, content = sent(Delivery.objects.get())
    assert len(content) <= 200_000
    assert max(file.width or 0, file.height or 0) <= 900


def test_a_format_that_is_not_taken_is_written_in_one_that_is(
    channel: Channel, staff: Actor, takes: Callable[..., None]
) -> None:
    takes(mimes=("image/jpeg",))
    plan(make_asset(by=staff), channel, staff)
    file, content = sent(Delivery.objects.get())
    assert (file.media_type, Image.open(BytesIO(content)).format) == ("image/jpeg", "JPEG")


def test_a_picture_that_may_not_be_changed_is_not_cut(
    channel: Channel, staff: Actor, takes: Callable[..., None]
) -> None:
    asset = make_asset(by=staff, licence="cc_by_nd", credit="Mila")
    plan(asset, channel, staff)
    takes(ratio_min=0.8, ratio_max=1.0)
    with pytest.raises(Invalid, match="may not be cut"):
        plan(asset, channel, staff)
    assert Post.objects.count() == Delivery.objects.count() == 1


def test_what_fits_goes_out_untouched(channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff)
    plan(asset, channel, staff)
    assert sent(Delivery.objects.get())[0].digest == asset.file.digest


def test_the_library_is_looked_through_in_the_composer_and_nothing_typed_is_lost(
    browser: Client, channel: Channel, staff: Actor
) -> None:
    lamp, _kettle = make_asset(by=staff), make_asset("Kettle", seed=2, by=staff, alt="")
    make_asset("Lamp of others", seed=3, by=staff, licence="reserved")
    given = {"channels": channel.shown_id, "text": "Half a text", "act": "library", "asset_q": "lamp"}
    page = browser.post(NEW, given).content.decode()
    assert page.count('name="asset"') == 1
    assert lamp.shown_id in page
    assert "Half a text" in page
    taken = browser.post(NEW, {**given, "act": "assets", "asset": lamp.shown_id}).content.decode()
    assert "Half a text" in taken
    assert 'value="A lamp on a bench"' in taken
    assert not Post.objects.exists()


def test_a_picture_brought_for_a_post_can_be_kept_in_the_library_too(browser: Client, channel: Channel) -> None:
    upload = SimpleUploadedFile("lamp.png", bytes_of(drawing()), "image/png")
    given = {"channels": channel.shown_id, "text": "Look"}
    browser.post(NEW, {**given, "picture": upload, "alt": "A lamp", "act": "picture"})
    key = File.objects.get().shown_id
    pictures = {"pictures": key, f"alt-{key}": "A lamp", "keep": key}
    assert browser.post(NEW, {**given, **pictures, "act": "draft"}).status_code == 303
    asset, post = Asset.objects.get(), Post.objects.get()
    assert (asset.title, asset.alt, asset.licence) == ("lamp", "A lamp", "unknown")
    assert post.pictures[0]["asset"] == asset.id
    assert list(check()) == []
    page = browser.get(f"/desk/posts/{post.shown_id}/edit/").content.decode()
    assert "is, and what that allows, is not known" in page
    assert 'name="keep"' not in page


def test_an_asset_says_in_which_posts_it_is_used(browser: Client, channel: Channel, staff: Actor) -> None:
    asset = make_asset(by=staff)
    post = plan(asset, channel, staff)
    page = browser.get(f"/desk/library/{asset.shown_id}/").content.decode()
    assert f"/desk/posts/{post.shown_id}/" in page


def test_a_picture_that_moves_is_not_taken_without_its_movement(browser: Client, channel: Channel) -> None:
    moving = bytes_of(drawing(1), "GIF", save_all=True, append_images=[drawing(2)], duration=100)
    given = {"channels": channel.shown_id, "text": "Look", "picture": SimpleUploadedFile("a.gif", moving, "image/gif")}
    answer = browser.post(NEW, {**given, "act": "picture"})
    assert answer.status_code == 422
    assert "This picture moves." in answer.content.decode()
    assert not File.objects.exists()


def test_no_file_of_others_is_shown_or_measured_by_its_number(
    browser: Client, channel: Channel, staff: Actor, network: HostileNetwork
) -> None:
    other = make_staff("moderator")
    hers = files.keep_picture(BytesIO(bytes_of(drawing())), by=other)
    assert browser.get(f"/desk/posts/fitted/{hers.shown_id}/?channel={channel.shown_id}").status_code == 404
    page = browser.post("/desk/posts/checks/", {"channels": channel.shown_id, "text": "A", "pictures": hers.shown_id})
    assert hers.shown_id not in page.content.decode()


def test_an_asset_that_a_form_only_names_says_nothing(browser: Client, channel: Channel, staff: Actor) -> None:
    mine, other = make_asset(by=staff), make_asset("The other one", seed=2, by=staff, licence="reserved")
    key = mine.file.shown_id
    given = {
        "channels": channel.shown_id,
        "text": "A",
        "pictures": key,
        f"alt-{key}": "A",
        f"asset-{key}": other.shown_id,
    }
    assert "The other one" not in browser.post("/desk/posts/checks/", given).content.decode()


def test_a_post_that_is_refused_leaves_no_fitted_picture_behind(
    channel: Channel, staff: Actor, takes: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was stored would stay in the storage, where no undone transaction takes it out again."""
    takes(ratio_max=1.0, alt_at_most=3)
    asset, kept = make_asset(by=staff), list[bytes]()
    monkeypatch.setattr(files, "keep_made", lambda content, *_rest: kept.append(content))
    with pytest.raises(Invalid, match="description of picture 1"):
        plan(asset, channel, staff)
    assert kept == []
