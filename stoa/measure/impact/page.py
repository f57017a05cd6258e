"""Everything that the Impact page shows of one month."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.charts.figure import percent, whole
from stoa.measure.days import Days, day_of, house_zone, last_month_old_enough, month_before, month_of, next_month
from stoa.measure.formulas.catalogue import CATALOGUE
from stoa.measure.formulas.ratio import share_figure
from stoa.measure.impact import beside, funnel, way_back
from stoa.measure.impact.funnel import Funnel
from stoa.measure.impact.levels import LEVELS
from stoa.measure.impact.sentence import ripeness, sentence
from stoa.measure.impact.stat import Stat
from stoa.measure.impact.thread import ANSWERED, HERE, JOINED, WROTE
from stoa.measure.impact.unknown import unknowns
from stoa.measure.impact.waiting import Waiting, drawn_hours
from stoa.measure.impact.words import absent_words, hours, hours_interval, interval, month
from stoa.measure.readers.mentions import mention_waits
from stoa.measure.readers.numbers import ChannelNumbers, channel_numbers
from stoa.measure.readers.stories import stories, story_posts
from stoa.measure.readers.waits import topic_waits


@dataclass(frozen=True)
class Asked:
    """What the address asks for; anything unknown is the usual."""

    days: Days
    level: str
    now: datetime

    @property
    def month(self) -> str:
        return f"{self.days.first:%Y-%m}"


def asked(month_asked: str, level: str) -> Asked:
    now, zone = clock.now(), house_zone()
    days = last_month_old_enough(now, zone)
    try:
        wanted = date.fromisoformat(f"{month_asked}-01")
    except ValueError:
        wanted = days.first
    if wanted <= day_of(now, zone):
        days = month_of(wanted, zone)
    return Asked(days, level if level in LEVELS else "channel", now)


def page(wish: Asked) -> dict[str, object]:
    """The values of the template."""
    days, now = wish.days, wish.now
    found = funnel.read(days, now=now)
    topics = Waiting("community.topic_wait", topic_waits(days, now))
    mentions = Waiting("social.mention_wait", mention_waits(days, now))
    numbers = channel_numbers(days)
    is_usual = days == last_month_old_enough(now, days.zone)
    return {
        "asked": wish, "month": month(days.first), "is_usual": is_usual, **_other_months(wish),
        "sentence": sentence(days, found, is_last_old_enough=is_usual), "ripeness": ripeness(days, found),
        "stats": stats(found), "bands": funnel.bands(found, wish.level), "rows": funnel.table(found, wish.level),
        "firsts": funnel.first_column(found, wish.level), "counted": counted(),
        "levels": LEVELS, "folded": funnel.folded_rows(found), "wings": beside.wings(found, topics, mentions),
        "months": beside.months(days), "way_back": way_back.said(stories(days, now), way_back.joined_through(found, story_posts())),
        "numbers": [row for each in numbers for row in _numbers_rows(each)], "social": _social(numbers),
        "waits": _waits(topics, mentions),
        "unknowns": unknowns(found, numbers, topics, mentions),
    }  # fmt: skip


def stats(found: Funnel) -> list[Stat]:
    """The thread in figures."""
    joined = found.total[JOINED]
    known = found.known[JOINED]
    return [
        _stat("bridge.visits", whole(found.all_visits - found.boosted_visits), found.all_visits - found.boosted_visits),
        *boosted_visits(found),
        _stat("bridge.joins", None if joined is None else whole(joined), joined),
        _share("bridge.origin_coverage", known, joined, True),
        _share("bridge.first_words", found.total[WROTE], joined, WROTE in found.judged),
        _share("bridge.first_answer", found.total[ANSWERED], joined, ANSWERED in found.judged),
        _share("bridge.still_here", found.total[HERE], joined, HERE in found.judged),
    ]


def boosted_visits(found: Funnel) -> list[Stat]:
    """Beside the others, where there were any."""
    n = found.boosted_visits
    return [_stat("bridge.visits_boosted", whole(n), n)] if n else []


def _share(key: str, n: int | None, of: int | None, is_judged: bool) -> Stat:
    if n is None or of is None:
        return _stat(key, None, n, absent=absent_words(is_judged))
    figure = share_figure(key, n, of)
    shown = None if figure.number is None else percent(figure.number)
    return _stat(key, shown, n, of, interval(figure), _("nobody to count"))


def _stat(
    key: str, figure: str | None, n: int | None, of: int | None = None, interval: str = "", absent: str = ""
) -> Stat:
    known = CATALOGUE[key]
    numerator = _(known.numerator) if n is None else f"{whole(n)}: {_(known.numerator)}"
    denominator = _(known.denominator) if known.denominator else ""
    if denominator and of is not None:
        denominator = f"{whole(of)}: {denominator}"
    return Stat(
        _(known.name), figure, _(known.formula), numerator, denominator, _(known.not_counted), interval,
        absent or _("too few to be shown"), _(known.window),
    )  # fmt: skip


def counted() -> dict[str, list[Stat]]:
    """The definitions behind the tables and charts of each part of the page."""
    people = ("bridge.joins", "bridge.first_words", "bridge.first_answer", "bridge.still_here")
    touches = ("bridge.joins_last_touch", "bridge.joins_first_touch")
    keys = {
        "thread": ("bridge.visits", "bridge.visits_boosted", *people, *touches),
        "reach": (
            "social.reach",
            "social.interactions",
            "social.engagement",
            "social.reach_boosted",
            "social.interactions_boosted",
        ),
        "wings": ("community.topic_wait", "social.mention_wait", *people[1:]),
        "year": (people[0], people[-1]),
    }
    return {part: [_stat(key, None, None) for key in of] for part, of in keys.items()}


def _waits(topics: Waiting, mentions: Waiting) -> list[dict[str, object]]:
    until = drawn_hours(topics, mentions)
    return [
        _wait(topics, _("Topics that still wait"), "community", until),
        _wait(mentions, _("Mentions and answers that still wait"), "social", until),
    ]


def _wait(waiting: Waiting, title: str, wing: str, until: float) -> dict[str, object]:
    """One kind of waits: its median as a figure, its curve where enough waits are known."""
    figure, curve = waiting.median, waiting.curve
    shown = hours(figure)
    numbers = {"ended": curve.ended, "n": curve.n, "open": curve.still_open}
    stat = _stat(waiting.definition, shown if waiting.is_shown else None, None, None, hours_interval(figure), shown)
    note = _("%(ended)s of %(n)s answered, %(open)s still open") % numbers if waiting.is_shown else ""
    return {"stat": stat, "note": note, "curve": waiting.drawing(title, wing, until) if waiting.is_shown else ""}


def _numbers_rows(one: ChannelNumbers) -> list[list[str | None]]:
    """A channel, and below it what its boosted posts gained while they were."""
    rows = [_numbers_row(one)]
    if one.boosted:
        reach = whole(one.boosted_reach) if one.boosted_reached else _("not offered by this network")
        name = _("%(channel)s, while boosted") % {"channel": one.title}
        rows.append([name, whole(one.boosted), reach, whole(one.boosted_interactions), None])
    return rows


def _numbers_row(one: ChannelNumbers) -> list[str | None]:
    reach = whole(one.reach) if one.reached else _("not offered by this network") if one.refused else _("not read yet")
    rate = percent(one.engaged / one.reach) if one.reach else None
    return [one.title, whole(one.posts), reach, whole(one.interactions) if one.read else _("not read yet"), rate]


def _social(numbers: list[ChannelNumbers]) -> list[Stat]:
    """Reach and interactions of all posts, as far as networks tell."""
    reach, interactions = sum(one.reach for one in numbers), sum(one.interactions for one in numbers)
    engaged, reached = sum(one.engaged for one in numbers), sum(one.reached for one in numbers)
    read = sum(one.read for one in numbers)
    absent = _("not offered by these networks") if any(one.refused for one in numbers) else _("no post was read")
    rate = percent(engaged / reach) if reach else None
    return [
        _stat("social.reach", whole(reach) if reached else None, reach if reached else None, absent=absent),
        _stat(
            "social.interactions", whole(interactions) if read else None, interactions if read else None, absent=absent
        ),
        _stat("social.engagement", rate, engaged if reach else None, reach if reach else None, absent=absent),
        *_boosted(numbers, absent),
    ]


def _boosted(numbers: list[ChannelNumbers], absent: str) -> list[Stat]:
    """What posts gained while they were boosted, where any was: never added to the others."""
    if not any(one.boosted for one in numbers):
        return []
    reach, told = sum(one.boosted_reach for one in numbers), any(one.boosted_reached for one in numbers)
    n = sum(one.boosted_interactions for one in numbers)
    return [
        _stat("social.reach_boosted", whole(reach) if told else None, reach if told else None, absent=absent),
        _stat("social.interactions_boosted", whole(n), n),
    ]


def _other_months(wish: Asked) -> dict[str, str]:
    following = next_month(wish.days.first)
    is_past = following <= day_of(wish.now, wish.days.zone)
    return {"earlier": f"{month_before(wish.days.first):%Y-%m}", "later": f"{following:%Y-%m}" if is_past else ""}
