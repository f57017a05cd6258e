"""The YouTube connector: what the network allows, and one method for each thing that it can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from stoa.social.networks.handing import seen_in, usual_steps
from stoa.social.networks.protocol import (
    NOT_OFFERED,
    Absent,
    Account,
    Gone,
    Granted,
    Hearing,
    Http,
    Layout,
    Leaving,
    Line,
    LinkRule,
    Measure,
    Measured,
    Outgoing,
    Pending,
    Prepared,
    Published,
    Rate,
    Reading,
    Refused,
    Rules,
    Seen,
    Source,
    TakenDown,
    TextLimit,
    Unknown,
    Video,
    VideoLimit,
)
from stoa.social.networks.youtube import comments, signing, uploading, videos, wire

_CHECKED = date(2026, 11, 30)
_DOCS = "https://developers.google.com/youtube/v3"
_VIDEOS = Source(f"{_DOCS}/docs/videos", _CHECKED)
_COMMENTS = Source(f"{_DOCS}/docs/comments", _CHECKED)
_UPLOADS = Source("https://support.google.com/youtube/answer/71673", _CHECKED)
_QUOTA = Source(f"{_DOCS}/determine_quota_cost", _CHECKED)

RULES = Rules(
    text=(TextLimit("bytes", videos.DESCRIPTION, _VIDEOS),),
    answer_text=(TextLimit("codepoints", 10_000, _COMMENTS),),
    pictures=None,
    videos=VideoLimit(
        bytes_at_most=256_000_000_000,
        seconds_at_most=43_200,
        mimes=(
            "video/mp4",
            "video/quicktime",
            "video/webm",
            "video/mpeg",
            "video/x-msvideo",
            "video/x-matroska",
            "video/3gpp",
        ),
        source=_UPLOADS,
    ),
    needs="video",
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_VIDEOS),
    threads=False,
    lag=300.0,
    rates=(Rate("uploads in a day", 100, 86_400, _QUOTA), Rate("units in a day", 10_000, 86_400, _QUOTA, weight=0)),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name",),
    handle_prefix="@",
    body=("text",),
    card="none",
    actions=("like", "comment", "share"),
)

COUNTS = {"likes": "likeCount", "replies": "commentCount", "impressions": "viewCount"}
MEASURES = (
    Measure("likes", "Likes", offered=True),
    Measure("replies", "Comments", offered=True),
    Measure("impressions", "Views", offered=True),
    Measure("reach", "Reach", offered=False, reason="YouTube tells how many people saw a video in its Studio alone."),
)
AT_ONCE = 50  # videos that YouTube tells of in one call


class YouTube:
    """Connects, signs in, uploads, publishes, answers, settles, edits, deletes, listens, hides and measures."""

    key = "youtube"
    name = "YouTube"
    home = "https://www.youtube.com/"
    folder = Path(__file__).parent
    rules = RULES
    layout = LAYOUT
    measures = MEASURES
    tested = "Google’s discovery document and a small network in memory that answers as the documents say, not against YouTube itself"
    review = (
        "What a project of your own uploads stays private until Google has audited the project (a form, weeks): until then you make each "
        "video public in YouTube Studio, or upload by hand. While the project is in testing, a sign-in ends after seven days."
    )
    fields = signing.FIELDS
    asks = signing.ASKS
    scopes = signing.SCOPES
    hosts = ("youtube.com", "youtu.be")
    prepares_answers = False
    lacks: Mapping[str, str] = {}

    def connect(self, answers: Mapping[str, str], *, http: Http) -> tuple[Account, Granted]:
        return signing.copied(answers, http)

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        return signing.leave(answers, back=back, state=state, verifier=verifier)

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        return signing.arrive(kept, given, back=back, verifier=verifier, http=http)

    def refresh(self, *, over: Line) -> Granted:
        return signing.renew(over.credentials, over.http)

    def revoke(self, *, over: Line) -> None:
        signing.revoke(over)

    def identify(self, *, over: Line) -> Account:
        return signing.channels(over)[0][0]

    def prepare(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Prepared | Pending:
        """A session, and all of the video but its last piece. A comment needs nothing beforehand."""
        if outgoing.answers:
            return Prepared("comment")
        return uploading.prepare(outgoing, video_in(outgoing), over, handle)

    def publish(self, outgoing: Outgoing, *, over: Line) -> Published | Pending:
        """The last piece. What Google does not know any more may have been published: our uploads are looked at first."""
        video = video_in(outgoing)
        made = outgoing.prepared or uploading.prepare(outgoing, video, over, "").handle
        try:
            session = uploading.session_of(made, video)
            if not session:
                raise Gone("What was made ready is no upload of this video.")
            return videos.outcome_of(uploading.finish(session, video, over), outgoing)
        except Gone:
            found = self._among_uploads(outgoing, over)
            if isinstance(found, Published):
                return found
            raise

    def reply(self, outgoing: Outgoing, *, over: Line) -> Published:
        return comments.write(outgoing, over)

    def settle(self, outgoing: Outgoing, *, over: Line, handle: str = "") -> Published | Pending | Absent:
        """A video that YouTube works on by its id; else what the session says; else our uploads since it was made."""
        if outgoing.answers:
            return comments.find(outgoing, over) or Absent()
        if comments.is_video(handle):
            return self._worked_on(handle, outgoing, over)
        size, _, session = outgoing.prepared.partition(" ")
        if size.isdigit() and uploading.is_googles(session):
            response = uploading.asked(session, int(size), over)
            if response.status == 308:
                return Absent()
            if 200 <= response.status < 300:
                return videos.outcome_of(wire.body_of(response), outgoing)
        return self._among_uploads(outgoing, over)

    def _worked_on(self, id: str, outgoing: Outgoing, over: Line) -> Published | Pending:
        found = looked_up([id], over, "snippet,status")
        if id not in found:
            raise Gone("YouTube has this video no longer.")
        return videos.outcome_of(found[id], outgoing)

    def _among_uploads(self, outgoing: Outgoing, over: Line) -> Published | Absent:
        for item in videos.uploads_since(outgoing, over):
            if videos.is_it(item, outgoing):
                return videos.stood(item)
        return Absent()

    def edit(self, id: str, outgoing: Outgoing, *, over: Line) -> Published:
        """Title, description and hashtags; what else is said of the video stays as it is."""
        if not comments.is_video(id):
            body = {"id": id, "snippet": {"textOriginal": outgoing.text}}
            return comments.stood(wire.write(over, "PUT", "comments", body, part="snippet"))
        title, body_text = videos.judged(outgoing.text)
        found = looked_up([id], over, "snippet")
        if id not in found:
            raise Gone("YouTube has this video no longer.")
        kept = wire.part(found[id], "snippet")
        snippet: dict[str, Any] = {
            name: kept[name]
            for name in ("categoryId", "defaultLanguage", "defaultAudioLanguage", "tags")
            if name in kept
        }
        snippet |= {"title": title, "description": body_text}
        snippet |= {"tags": tags} if (tags := videos.tags_of(outgoing.text)) else {}
        told = wire.write(over, "PUT", "videos", {"id": id, "snippet": snippet}, part="snippet")
        if wire.id_of(told) != id:
            raise Unknown("YouTube’s answer does not name the video.")
        return Published(id, videos.version_of(title, body_text), videos.address_of(id), outgoing.at)

    def delete(self, id: str, *, over: Line) -> TakenDown:
        try:
            wire.write(over, "DELETE", "videos" if comments.is_video(id) else "comments", id=id)
        except Gone:
            return TakenDown(id, "YouTube says that it was gone already.")
        return TakenDown(id, "YouTube confirms that it is deleted.")

    def stands(self, id: str, *, over: Line) -> bool:
        if comments.is_video(id):
            return id in looked_up([id], over, "id")
        return any(
            wire.id_of(each) == id for each in wire.listed(wire.read(over, "comments", part="id", id=id), "items")
        )

    def listen(self, cursor: str, *, over: Line) -> Hearing:
        return comments.listen(cursor, over)

    def hide(self, id: str, *, over: Line) -> None:
        wire.write(over, "POST", "comments/setModerationStatus", id=id, moderationStatus="rejected")

    def show(self, id: str, *, over: Line) -> None:
        wire.write(over, "POST", "comments/setModerationStatus", id=id, moderationStatus="published")

    def measure(self, ids: Sequence[str], *, over: Line) -> Measured:
        """Comments are not measured: YouTube tells the numbers of videos."""
        own = [id for id in ids if comments.is_video(id)]
        found = looked_up(own, over, "statistics")
        missing = tuple(id for id in own if id not in found)
        readings = [reading(id, each.key, found.get(id, {})) for id in ids if id not in missing for each in MEASURES]
        return Measured(tuple(readings), missing)

    def hand(self, outgoing: Outgoing) -> tuple[str, ...]:
        last = (
            "The text is the description: give the video a title of at most 100 characters.",
            "A description holds no < and no >.",
        )
        return usual_steps(self.name, outgoing, last=last)

    def recognise(self, address: str) -> Seen | None:
        return seen_in(
            address,
            self.hosts,
            r"/watch\?(?:.*&)?v=(?P<id>[\w-]{11})(?:&.*)?",
            r"/(?:shorts|live)/(?P<id>[\w-]{11})/?",
            r"//youtu\.be/(?P<id>[\w-]{11})/?",
            r"/post/(?P<id>Ug[\w-]+)/?",
        )


def video_in(outgoing: Outgoing) -> Video:
    if outgoing.video is None:
        raise Refused("YouTube takes no post without a video.", mend="Add a video.")
    return outgoing.video


def looked_up(ids: Sequence[str], over: Line, part: str) -> dict[str, Mapping[str, Any]]:
    """The videos that stand, by their id."""
    found: dict[str, Mapping[str, Any]] = {}
    for first in range(0, len(ids), AT_ONCE):
        told = wire.read(over, "videos", part=part, id=",".join(ids[first : first + AT_ONCE]), maxResults=AT_ONCE)
        found |= {wire.id_of(each): each for each in wire.listed(told, "items") if wire.id_of(each)}
    return found


def reading(id: str, measure: str, video: Mapping[str, Any]) -> Reading:
    """What a channel hides is not told: *not offered*, never 0."""
    value = wire.count_of(wire.part(video, "statistics"), COUNTS.get(measure, ""))
    return Reading(id, measure, NOT_OFFERED if value is None else value)


CONNECTOR = YouTube()
