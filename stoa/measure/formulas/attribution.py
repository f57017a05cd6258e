"""Which link a join is owed to, by five models; what no touch explains stays *unknown* in each of them.

For one conversion at T with touches t_1 ≤ … ≤ t_n whose age T - t lies in [0, look-back):
    first: 1 to t_1 · last: 1 to t_n · linear: 1/n each
    position: n = 1: 1; n = 2: ½, ½; n ≥ 3: 0.4, 0.2/(n - 2) each, 0.4
    time decay: 2^(-(T - t_i)/H), normalised to 1, H = 7 days
    no touch: 1 to *unknown*
Touches of the same link in a row are one touch, the latest of them, unless `collapse_repeats` is off.
Unit: conversions (or worth). The credits and *unknown* add up to all conversions.
    coverage = conversions with at least one touch in the look-back / all conversions
Sources: the linear and position rules as Matomo and Snowplow document them; time decay: the exponential half-life.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from stoa.measure.formulas.ratio import Ratio

LOOK_BACK: Final = timedelta(days=30)
HALF_LIFE: Final = timedelta(days=7)
END_SHARE: Final = 0.4


@dataclass(frozen=True)
class Touch:
    """One visit through a link."""

    link: str
    at: datetime


@dataclass(frozen=True)
class Conversion:
    """One join (or other thing wanted) with all touches that are known of it."""

    at: datetime
    touches: tuple[Touch, ...] = ()
    worth: float = 1.0


@dataclass(frozen=True)
class Credits:
    """What each link is credited with, and what nothing explains."""

    by_link: Mapping[str, float]
    unknown: float

    @property
    def total(self) -> float:
        return math.fsum([*self.by_link.values(), self.unknown])


Model = Callable[[datetime, Sequence[Touch]], Sequence[float]]


def first_touch(at: datetime, touches: Sequence[Touch]) -> Sequence[float]:
    return [1.0, *[0.0] * (len(touches) - 1)]


def last_touch(at: datetime, touches: Sequence[Touch]) -> Sequence[float]:
    return [*[0.0] * (len(touches) - 1), 1.0]


def linear(at: datetime, touches: Sequence[Touch]) -> Sequence[float]:
    return [1 / len(touches)] * len(touches)


def position(at: datetime, touches: Sequence[Touch]) -> Sequence[float]:
    n = len(touches)
    if n <= 2:
        return [1 / n] * n
    return [END_SHARE, *[(1 - 2 * END_SHARE) / (n - 2)] * (n - 2), END_SHARE]


def time_decay(at: datetime, touches: Sequence[Touch]) -> Sequence[float]:
    return decay_with(HALF_LIFE)(at, touches)


def decay_with(half_life: timedelta) -> Model:
    """The time-decay model with another half-life; ages count from the youngest touch, which changes no share."""

    def decay(at: datetime, touches: Sequence[Touch]) -> Sequence[float]:
        weights = [2 ** -((touches[-1].at - touch.at) / half_life) for touch in touches]
        whole = math.fsum(weights)
        return [weight / whole for weight in weights]

    return decay


MODELS: Final[Mapping[str, Model]] = {
    "first": first_touch,
    "last": last_touch,
    "linear": linear,
    "position": position,
    "time_decay": time_decay,
}


def attribute(
    conversions: Iterable[Conversion],
    model: Model,
    *,
    look_back: timedelta = LOOK_BACK,
    collapse_repeats: bool = True,
) -> Credits:
    """The credit of every link under `model`, and the unknown rest."""
    credited: defaultdict[str, list[float]] = defaultdict(list)
    unknown: list[float] = []
    for conversion in conversions:
        touches = touches_that_count(conversion, look_back=look_back, collapse_repeats=collapse_repeats)
        if not touches:
            unknown.append(conversion.worth)
            continue
        for touch, weight in zip(touches, model(conversion.at, touches), strict=True):
            credited[touch.link].append(weight * conversion.worth)
    return Credits({link: math.fsum(parts) for link, parts in credited.items()}, math.fsum(unknown))


def coverage(conversions: Iterable[Conversion], *, look_back: timedelta = LOOK_BACK) -> Ratio:
    """Conversions with a known touch in the look-back over all conversions."""
    known = [bool(touches_that_count(conversion, look_back=look_back)) for conversion in conversions]
    return Ratio(sum(known), len(known))


def touches_that_count(
    conversion: Conversion, *, look_back: timedelta = LOOK_BACK, collapse_repeats: bool = True
) -> list[Touch]:
    """The touches in [0, look-back) before the conversion, oldest first."""
    in_time = [touch for touch in conversion.touches if timedelta(0) <= conversion.at - touch.at < look_back]
    in_time.sort(key=lambda touch: touch.at)
    if not collapse_repeats:
        return in_time
    return [list(run)[-1] for _, run in groupby(in_time, key=lambda touch: touch.link)]
