"""What the pages of posts and deliveries read, in a fixed number of queries."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Prefetch

from stoa.base import cursors, things
from stoa.base.actors import Actor
from stoa.base.models.file import File
from stoa.social.networks.registry import UnknownNetwork
from stoa.social.publish import policy
from stoa.social.publish.actions import why_too_late
from stoa.social.publish.actions.omitting import can_be_left_out
from stoa.social.publish.corrections import Corrected, corrections_of
from stoa.social.publish.models import Attempt, Click, Delivery, Link, Post
from stoa.social.publish.models.boost import boosted
from stoa.social.publish.models.delivery import ASKS, HANDED, HELD, PLANNED, REFUSED, STOPPED, UNKNOWN
from stoa.social.publish.together import together
from stoa.social.publish.words import kind_word, outcome_word, piece_word, question_words, state_word, takedown_note

PAGE = 30


@dataclass(frozen=True)
class PostRow:
    """A post in the list: each channel with its own state, never one word for all."""

    post: Post
    states: list[tuple[str, tuple[str, str]]]


@dataclass(frozen=True)
class PostList:
    """One page of posts, the newest moment first; drafts by when they were changed."""

    rows: list[PostRow]
    older: str

    @classmethod
    def of(cls, actor: Actor, drafts: bool, before: str) -> "PostList":
        by = "changed_at" if drafts else "at"
        posts = Post.objects.visible_to(actor).filter(state="draft" if drafts else "planned")
        shown = Prefetch("deliveries", Delivery.objects.visible_to(actor).select_related("channel").order_by("id"))
        found = cursors.page(posts.prefetch_related(shown), by, before, size=PAGE)
        return cls([PostRow(post, states_of(post)) for post in found.rows], found.next)


def states_of(post: Post) -> list[tuple[str, tuple[str, str]]]:
    return [(each.first.channel.title, each.state) for each in together(post.deliveries.all())]


@dataclass(frozen=True)
class DeliveryRow:
    """A channel on its post's page: its delivery, or that of its first part with all that follows."""

    delivery: Delivery
    state: tuple[str, str]
    pieces: list[tuple[str, Delivery, tuple[str, str]]]
    clicks: int
    previews: int
    boosted: int


def delivery_rows(post: Post, actor: Actor) -> list[DeliveryRow]:
    """A post's deliveries with their clicks, in the order of their channels."""
    rows = Delivery.objects.visible_to(actor).filter(post=post).select_related("channel", "link").order_by("id")
    found = list(rows.prefetch_related("link__days"))
    paid = boosted_clicks(found)
    return [
        DeliveryRow(
            each.first, each.state, each.pieces if each.is_several else [], *counted(each.first, paid.get(each.first.id, 0))
        )
        for each in together(found)
    ]  # fmt: skip


def boosted_clicks(deliveries: list[Delivery]) -> dict[int, int]:
    """Delivery → clicks while it was boosted. One query."""
    rows = Click.objects.filter(boosted("link__delivery"), link__delivery__in=deliveries)
    return dict(rows.values_list("link__delivery").annotate(n=Count("id")).order_by())


def counted(delivery: Delivery, paid: int) -> tuple[int, int, int]:
    """(clicks by themselves, previews, clicks while boosted) of the delivery's link."""
    link: Link | None = getattr(delivery, "link", None)
    days = list(link.days.all()) if link else []
    return sum(day.clicks for day in days) - paid, sum(day.previews for day in days), paid


@dataclass(frozen=True)
class LogLine:
    """One attempt as the publishing log shows it."""

    at: datetime
    what: str
    outcome: str
    said: list[tuple[str, str]]
    number: int


@dataclass(frozen=True)
class DeliveryPage:
    """One delivery: what it is, what it asks, what was tried."""

    delivery: Delivery
    about: things.Card | None
    pictures: list[tuple[File, str]]
    undescribed: bool
    state: tuple[str, str]
    question: str
    log: list[LogLine]
    may_send: bool
    may_confirm: bool
    may_hold: bool
    may_withdraw: bool
    may_release: bool
    may_change: bool
    may_hand: bool
    may_confirm_down: bool
    pieces: list[tuple[str, Delivery, tuple[str, str]]]
    may_leave_out: bool
    piece: str
    whole: Delivery | None
    may_correct: bool
    takedown_note: str
    corrections: list[Corrected]
    may_boost: bool

    @classmethod
    def of(cls, delivery: Delivery, actor: Actor) -> "DeliveryPage":
        decides, state = policy.may_decide(actor, delivery), delivery.state
        attempts, shown = delivery.attempts.order_by("-number")[:100], pictures_of(delivery)
        return cls(
            delivery,
            about_of(delivery, actor),
            shown,
            goes_undescribed(delivery, shown),
            state_word(delivery),
            question_words(delivery),
            [line_of(each) for each in attempts],
            decides and state in (HELD, STOPPED, REFUSED, ASKS, UNKNOWN),
            decides and may_be_said_to_be_there(delivery),
            decides and state == PLANNED,
            decides and (delivery.is_published or delivery.may_be_there) and delivery.takedown != "asked",
            decides and state in (PLANNED, HELD, STOPPED, REFUSED, ASKS, UNKNOWN, HANDED),
            decides and delivery.post_id is not None and not why_too_late(delivery)[0],
            decides and is_in_hand(delivery),
            decides and delivery.is_published and delivery.takedown in ("stands", "unclear"),
            pieces_with(delivery),
            decides and can_be_left_out(delivery),
            piece_word(delivery),
            first_to_take_down(delivery) if decides and delivery.follows_id else None,
            decides and delivery.is_published and not delivery.takedown and not delivery.erased_at,
            takedown_note(delivery),
            corrections_of(delivery),
            decides and delivery.published_at is not None and not delivery.follows_id,
        )


def pieces_with(delivery: Delivery) -> list[tuple[str, Delivery, tuple[str, str]]]:
    """Of a post of several parts on this channel all of them; else nothing."""
    if delivery.post_id is None:
        return []
    rows = Delivery.objects.filter(post=delivery.post_id, channel=delivery.channel_id).order_by("id")
    found = together([delivery if each.id == delivery.id else each for each in rows])
    return found[0].pieces if found and found[0].is_several else []


def first_to_take_down(delivery: Delivery) -> Delivery | None:
    """The first part, where it is out: taking it down takes down all."""
    first = Delivery.objects.filter(post=delivery.post_id, channel=delivery.channel_id, role="post").first()
    return first if first and first.is_published and not first.takedown else None


def is_in_hand(delivery: Delivery) -> bool:
    """Whether a person has it to post, or was asked what became of it."""
    return delivery.state == HANDED or (delivery.state == ASKS and delivery.question == "forgotten")


def may_be_said_to_be_there(delivery: Delivery) -> bool:
    """Where it is not known, and where a person said it: an address can be corrected."""
    if delivery.state == UNKNOWN or (delivery.state == ASKS and delivery.question == "ambiguous"):
        return True
    return delivery.is_published and delivery.channel.is_by_hand and not delivery.takedown


def about_of(delivery: Delivery, actor: Actor) -> things.Card | None:
    """What a delivery that is no post's belongs to: the conversation that it answers."""
    if delivery.post_id or not delivery.about_id:
        return None
    return next(iter(things.cards([(delivery.about_key, delivery.about_id)], to=actor).values()), None)


def pictures_of(delivery: Delivery) -> list[tuple[File, str]]:
    """Its pictures with what is said of each, in the order in which they go out."""
    return described(delivery.content.get("pictures", []))


def goes_undescribed(delivery: Delivery, shown: list[tuple[File, str]]) -> bool:
    """Whether its pictures (or its video) go without what is said of them, because their network takes no descriptions."""
    try:
        return not delivery.channel.rules.takes_words(of_video=any(file.is_video for file, _alt in shown))
    except UnknownNetwork:
        return False


def described(shown: list[dict[str, Any]]) -> list[tuple[File, str]]:
    """Pictures as rows keep them (`file`, `alt`), with their files; one query, none where there are no pictures."""
    known = File.objects.in_bulk([each["file"] for each in shown]) if shown else {}
    return [(known[each["file"]], each["alt"]) for each in shown if each["file"] in known]


def line_of(attempt: Attempt) -> LogLine:
    said = [(key, str(value)) for key, value in attempt.evidence.items() if key != "answer" and value]
    return LogLine(attempt.started_at, kind_word(attempt.kind), outcome_word(attempt.outcome), said, attempt.number)
