"""A video that does not fit is fitted in the background where ffmpeg is there; where it is not, the network's rule is said."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from stoa.base import ffmpeg
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.models import FactRow
from stoa.base.models.file import File
from stoa.base.tests.small_videos import mp4
from stoa.base.work import claim
from stoa.base.work.drain import drain, run_one, stopping
from stoa.base.work.kinds import all_kinds
from stoa.people.models import Person
from stoa.social.library.models import Asset
from stoa.social.library.tests.makers import make_video
from stoa.social.networks.models import Channel
from stoa.social.networks.plaza.connector import RULES
from stoa.social.publish.actions import Draft, VariantDraft, ask_for_fits, plan_draft, save_draft, throw_away
from stoa.social.publish.actions.copying import copy_post
from stoa.social.publish.check import check
from stoa.social.publish.composing import without_words
from stoa.social.publish.material import Shown
from stoa.social.publish.models import Delivery, Post, VideoFit
from stoa.social.publish.tests.hostile import HostileConnector
from stoa.spaces.tests.makers import make_staff


class Encoder:
    """In ffmpeg's place: it writes what it is given to write. `asked`: the arguments that it came with."""

    def __init__(self) -> None:
        self.writes: bytes | None = mp4(10, (606, 1080), place=b"")
        self.asked: list[Sequence[str]] = []
        self.told_to_stop = False

    def __call__(self, arguments: Sequence[str], *, seconds: float, over: threading.Event) -> bool:
        self.asked.append(arguments)
        if self.told_to_stop:
            over.set()
            return False
        if self.writes is not None:
            Path(arguments[-1]).write_bytes(self.writes)
        return self.writes is not None


@pytest.fixture
def encoder(monkeypatch: pytest.MonkeyPatch) -> Encoder:
    made = Encoder()
    monkeypatch.setattr(ffmpeg, "is_there", lambda: True)
    monkeypatch.setattr(ffmpeg, "output", lambda _arguments, seconds: b"")
    monkeypatch.setattr(ffmpeg, "writes", made)
    return made


@pytest.fixture
def staff(channel: Channel) -> Actor:
    return make_staff("social_media_manager")


@pytest.fixture
def browser(staff: Actor) -> Client:
    client = Client()
    client.force_login(Person.objects.get(id=staff.person_id).account)
    return client


@pytest.fixture(autouse=True)
def takes(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """The network shows ten seconds, upright, unless the test says otherwise."""

    def set_to(**limit: object) -> None:
        assert RULES.videos
        wanted = replace(RULES, videos=replace(RULES.videos, **limit))  # type: ignore[arg-type]
        monkeypatch.setattr(HostileConnector, "rules", property(lambda _self: wanted))

    set_to(seconds_at_most=10, ratio_max=9 / 16)
    return set_to


def drafted(asset: Asset, channel: Channel, by: Actor) -> Post:
    draft = Draft("Look", pictures=(Shown(asset.file.id, asset.alt, asset=asset.id),))
    return save_draft(None, draft, [VariantDraft(channel)], by=by)


def test_a_video_is_fitted_and_goes_out_as_it_became(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    post = drafted(make_video(by=staff, seconds=30), channel, staff)
    (fit,) = ask_for_fits(post, by=staff)
    assert (fit.state, fit.limit["seconds_at_most"], fit.limit["ratio_max"]) == ("asked", 10, 9 / 16)
    with pytest.raises(Invalid, match="this network takes 10"):
        plan_draft(post, wall=None, by=staff)
    drain()
    fit.refresh_from_db()
    assert (fit.state, fit.due_at, fit.reason) == ("done", None, "")
    assert encoder.asked[0][encoder.asked[0].index("-t") + 1] == "10.000"
    plan_draft(post, wall=None, by=staff)
    (named,) = Delivery.objects.get().content["pictures"]
    file = File.objects.get(id=named["file"])
    assert (file.id, named["of"]) == (fit.file_id, fit.of_id)
    assert (file.thing_key, file.thing_id, file.owner_id, file.seconds) == ("publish.post", post.id, None, 10.0)
    facts = FactRow.objects.filter(name__startswith="publish.video").order_by("id").values_list("name", flat=True)
    assert sorted(facts) == ["publish.video_fit_asked", "publish.video_fitted"]
    assert list(check()) == []


def test_what_is_written_when_the_worker_is_told_to_stop_is_written_anew(
    channel: Channel, staff: Actor, encoder: Encoder
) -> None:
    post = drafted(make_video(by=staff, seconds=30), channel, staff)
    (fit,) = ask_for_fits(post, by=staff)
    kind = next(each for each in all_kinds() if each.model is VideoFit)
    encoder.told_to_stop = True
    try:
        (claimed,) = claim(kind)
        run_one(kind, claimed)
    finally:
        stopping.clear()
    fit.refresh_from_db()
    assert (fit.state, fit.lease_until, fit.tries, fit.trouble) == ("asked", None, 0, "")
    encoder.told_to_stop = False
    drain()
    fit.refresh_from_db()
    assert fit.state == "done"


def test_what_was_fitted_once_is_not_fitted_again(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    post = drafted(make_video(by=staff, seconds=30), channel, staff)
    ask_for_fits(post, by=staff)
    with pytest.raises(NotPossible):
        ask_for_fits(post, by=staff)
    drain()
    with pytest.raises(NotPossible):
        ask_for_fits(post, by=staff)
    assert len(encoder.asked) == VideoFit.objects.count() == 1


def test_what_failed_says_so_and_can_be_tried_again(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    post, good = drafted(make_video(by=staff, seconds=30), channel, staff), encoder.writes
    ask_for_fits(post, by=staff)
    for wrong, reason in (
        (None, "ffmpeg could not read or write it."),
        (b"words", "This is not a video that we can read."),
    ):
        encoder.writes = wrong
        drain()
        fit = VideoFit.objects.get()
        assert (fit.state, fit.reason, fit.file_id, fit.due_at) == ("failed", reason, None, None)
        ask_for_fits(post, by=staff)
    encoder.writes = good
    drain()
    assert VideoFit.objects.get().state == "done"


def test_an_encoder_that_writes_too_much_fails(
    channel: Channel, staff: Actor, encoder: Encoder, takes: Callable[..., None]
) -> None:
    takes(bytes_at_most=2_000_000, seconds_at_most=10)
    encoder.writes = mp4(10, content=bytes(2_100_000))
    ask_for_fits(drafted(make_video(by=staff, seconds=30), channel, staff), by=staff)
    drain()
    assert VideoFit.objects.get().reason == "This video is too large: 3 MB."


def test_a_licence_that_forbids_changes_forbids_the_cut_and_not_the_size(
    channel: Channel, staff: Actor, encoder: Encoder, takes: Callable[..., None]
) -> None:
    film = make_video(by=staff, seconds=30, licence="cc_by_nd", credit="Town museum")
    post = drafted(film, channel, staff)
    with pytest.raises(NotPossible):
        ask_for_fits(post, by=staff)
    takes(bytes_at_most=2_000_000, mimes=("video/mp4",))
    big = make_video(by=staff, content=mp4(30, content=bytes(2_100_000)), licence="cc_by_nd", credit="Town museum")
    assert len(ask_for_fits(drafted(big, channel, staff), by=staff)) == 1


def test_a_video_that_fits_is_left_alone(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    post = drafted(make_video(by=staff, seconds=8, size=(720, 1280)), channel, staff)
    with pytest.raises(NotPossible):
        ask_for_fits(post, by=staff)
    assert not VideoFit.objects.exists()


def test_without_ffmpeg_nothing_is_asked_for(
    channel: Channel, staff: Actor, browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ffmpeg, "program", lambda: "")
    post = drafted(make_video(by=staff, seconds=30), channel, staff)
    with pytest.raises(NotPossible, match="ffmpeg is not on this machine"):
        ask_for_fits(post, by=staff)
    page = browser.get(f"/desk/posts/{post.shown_id}/edit/").content.decode()
    assert "The video lasts 30 seconds; this network takes 10. Use a shorter version of it." in page
    assert "Fit the video" not in page
    assert not VideoFit.objects.exists()


def test_somebody_elses_draft_is_not_fitted(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    post = drafted(make_video(by=staff, seconds=30), channel, staff)
    with pytest.raises(NotAllowed):
        ask_for_fits(post, by=make_staff("moderator", "Bo"))
    assert not VideoFit.objects.exists()


def test_the_composer_offers_it_shows_its_state_and_what_was_done(
    channel: Channel, staff: Actor, browser: Client, encoder: Encoder
) -> None:
    film = make_video(by=staff, seconds=30)
    key = film.file.shown_id
    given = {"channels": channel.shown_id, "text": "Look", "pictures": key, f"alt-{key}": film.alt}
    assert "Fit the video" in browser.post("/desk/posts/checks/", given).content.decode()
    answer = browser.post("/desk/posts/new/", {**given, "act": "fit"})
    assert answer.status_code == 303
    waiting = browser.get(answer["Location"]).content.decode()
    assert "It is being fitted to this network." in waiting
    assert "Fit the video" not in waiting
    drain()
    page = browser.get(answer["Location"]).content.decode()
    assert "Cut to its first 0:10 of 0:30. Cut to 9:16. Made smaller: 606 × 1080." in page
    assert f'href="{VideoFit.objects.get().file.address}"' in page  # type: ignore[union-attr]
    assert "this network takes 10" not in page


def test_a_draft_that_is_thrown_away_takes_its_fits_along(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    post = drafted(make_video(by=staff, seconds=30), channel, staff)
    ask_for_fits(post, by=staff)
    drain()
    throw_away(post, by=staff)
    assert not VideoFit.objects.exists()
    assert File.objects.exclude(thing_key="library.asset").filter(thing_id=None).count() == 2


@pytest.mark.realnet
def test_ffmpeg_itself_cuts_and_writes_what_fits(
    channel: Channel, staff: Actor, tmp_path: Path, takes: Callable[..., None]
) -> None:
    if not ffmpeg.is_there():
        pytest.skip("ffmpeg is not on this machine")
    source: Any = tmp_path / "bars.mov"
    drawn = ("-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25:duration=14", "-f", "lavfi", "-i", "sine=duration=14")
    assert ffmpeg.writes(
        (*drawn, "-c:v", "libx264", "-c:a", "aac", "-metadata", "location=+48+016/", str(source)), seconds=120
    )
    film = make_video(by=staff, content=source.read_bytes())
    assert (film.file.media_type, film.file.width, round(film.file.seconds or 0)) == ("video/quicktime", 1280, 14)
    takes(seconds_at_most=5, ratio_max=9 / 16, bytes_at_most=1_000_000, mimes=("video/mp4",))
    post = drafted(film, channel, staff)
    ask_for_fits(post, by=staff)
    drain()
    fit = VideoFit.objects.select_related("file").get()
    assert (fit.state, fit.reason) == ("done", "")
    assert fit.file is not None
    assert (fit.file.media_type, fit.file.size <= 1_000_000, 4.5 < (fit.file.seconds or 0) < 5.2) == (
        "video/mp4",
        True,
        True,
    )
    assert abs((fit.file.width or 0) / (fit.file.height or 1) - 9 / 16) < 0.02
    plan_draft(post, wall=None, by=staff)
    assert Delivery.objects.get().content["pictures"][0]["file"] == fit.file_id


def test_a_copy_has_files_of_its_own_and_is_not_fitted_again(channel: Channel, staff: Actor, encoder: Encoder) -> None:
    source = drafted(make_video(by=staff, seconds=30), channel, staff)
    (fit,) = ask_for_fits(source, by=staff)
    drain()
    fit.refresh_from_db()
    copy = copy_post(source, [channel], by=staff)
    (named,) = copy.pictures
    double = VideoFit.objects.get(post=copy)
    assert (double.of_id, double.rule, double.state) == (named["file"], fit.rule, "done")
    assert double.file is not None
    assert fit.file is not None
    assert (double.file_id != fit.file_id, double.file.digest) == (True, fit.file.digest)
    belonging = File.objects.filter(id__in=[double.of_id, double.file_id]).values_list("thing_key", "thing_id")
    assert list(belonging) == [("publish.post", copy.id)] * 2
    plan_draft(copy, wall=None, by=staff)
    assert Delivery.objects.get().content["pictures"] == [
        {"file": double.file_id, "alt": named["alt"], "of": double.of_id}
    ]
    assert len(encoder.asked) == 1
    assert list(check()) == []


def test_the_composer_says_that_a_video_has_no_description() -> None:
    film, still = File(media_type="video/mp4"), File(media_type="image/png")
    assert [each.reason for each in without_words([(film, " ")])] == ["The video has no description."]
    assert [each.reason for each in without_words([(still, "")])] == ["One picture has no description."]
    assert without_words([(film, "A lamp")]) == []
