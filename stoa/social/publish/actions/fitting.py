"""Fitting a post's video to what its channels' networks take: asked for by a person, written in the background by ffmpeg."""

import tempfile
from dataclasses import asdict
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from stoa.base import clock, ffmpeg, files
from stoa.base.actors import Actor, system
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.facts import announce
from stoa.base.models.file import File
from stoa.base.work import Fenced, Stopped, wake
from stoa.base.work import drain as draining
from stoa.social.library.filmed import arguments, plan
from stoa.social.networks.limits import Source, VideoLimit
from stoa.social.publish import policy
from stoa.social.publish.facts import VideoFitAsked, VideoFitted
from stoa.social.publish.filming import wanted_fits
from stoa.social.publish.models import Post, VideoFit
from stoa.social.publish.models.video_fit import ASKED, DONE, FAILED

SECONDS = 25 * 60  # for one video; the lease of its row is longer
ENGINE = system("publish")


def ask_for_fits(post: Post, *, by: Actor) -> list[VideoFit]:
    """One for each rule of the post's channels that its video does not meet as it is. What failed is tried again."""
    if not policy.may_edit_draft(by, post):
        raise NotAllowed(_("You may not write posts here."))
    if not ffmpeg.is_there():
        raise NotPossible(_("ffmpeg is not on this machine."), _("Bring a version that fits, or ask whoever runs it."))
    with transaction.atomic():
        row = Post.objects.select_for_update().get(id=post.id)
        wanted, now = wanted_fits(row), clock.now()
        if not wanted:
            raise NotPossible(_("There is nothing to fit, or nothing that fitting would mend."))
        made = []
        for file, rule, limit in wanted:
            given = {
                "limit": kept(limit),
                "state": ASKED,
                "reason": "",
                "due_at": now,
                "asked_at": now,
                "ended_at": None,
            }
            fit, _new = VideoFit.objects.update_or_create(
                of=file, rule=rule, defaults={"post": row, "file": None, **given}
            )
            announce(VideoFitAsked(fit.id, row.id), by=by)
            made.append(fit)
        wake.after_commit()
    return made


def fit_video(fit_id: int, fence: int) -> None:
    """Writes one. Whatever ffmpeg says of it stays here: people are told that it did not work."""
    fit = VideoFit.objects.select_related("of", "post").filter(id=fit_id, fence=fence, state=ASKED).first()
    if fit is None:
        raise Fenced
    limit = read(fit.limit)
    made = plan(fit.of, limit)
    try:
        if made is None:
            raise Invalid(_("It cannot be made to fit what this network takes."))
        with tempfile.NamedTemporaryFile(suffix=".in") as source, tempfile.NamedTemporaryFile(suffix=".mp4") as target:
            copy(fit.of, source)
            asked = arguments(made, source.name, target.name, media_type=fit.of.media_type)
            if not ffmpeg.writes(asked, seconds=SECONDS, over=draining.stopping):
                if draining.stopping.is_set():
                    raise Stopped
                raise Invalid(_("ffmpeg could not read or write it."))
            target.seek(0)
            kept_file = files.keep_fitted_video(target, fit.of, ("publish.post", fit.post_id), most=limit.bytes_at_most)
    except Invalid as refusal:
        settle(fit, fence, state=FAILED, reason=refusal.reason[:300])
        return
    try:
        settle(fit, fence, state=DONE, file=kept_file)
    except (Fenced, IntegrityError):  # its draft was thrown away meanwhile, or somebody else wrote it
        files.forget([kept_file])
        raise


def copy(file: File, target: Any) -> None:
    with files.open_file(file) as opened:
        while block := opened.read(1 << 20):
            target.write(block)
    target.flush()


def settle(fit: VideoFit, fence: int, **changes: Any) -> None:
    with transaction.atomic():
        rows = VideoFit.objects.filter(id=fit.id, fence=fence)
        if not rows.update(due_at=None, lease_until=None, ended_at=clock.now(), **changes):
            raise Fenced
        announce(VideoFitted(fit.id, fit.post_id, done=changes["state"] == DONE), by=ENGINE)


def kept(limit: VideoLimit) -> dict[str, Any]:
    """The numbers of a rule; endless is left out, which JSON has no word for."""
    given = asdict(limit)
    return {name: given[name] for name in NUMBERS if given[name] is not None and given[name] != float("inf")}


def read(given: dict[str, Any]) -> VideoLimit:
    kept = {"bytes_at_most": 0, "seconds_at_most": float("inf"), **given, "mimes": tuple(given.get("mimes", ()))}
    return VideoLimit(source=Source("", date.min), **kept)


NUMBERS = ("bytes_at_most", "seconds_at_most", "seconds_at_least", "mimes", "ratio_min", "ratio_max")
