"""Rules and their k-th times, worked out by hand with a calendar: (rule, k, the instant with its offset)."""

from datetime import date, time

from stoa.base.recurring import Rule

BERLIN, YORK, HOWE, LONDON, APIA, TOKYO = (
    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Europe/London", "Pacific/Apia", "Asia/Tokyo",
)  # fmt: skip


def weekly(since: str, days: tuple[int, ...], at: str = "09:00", zone: str = BERLIN, every: int = 1) -> Rule:
    return Rule("weekly", time.fromisoformat(at), zone, date.fromisoformat(since), every, days)


def monthly(since: str, day: int, at: str = "09:00", zone: str = BERLIN, every: int = 1) -> Rule:
    return Rule("monthly", time.fromisoformat(at), zone, date.fromisoformat(since), every, day=day)


def weekday(since: str, place: int, on: int, at: str = "09:00", zone: str = BERLIN, every: int = 1) -> Rule:
    return Rule("weekday", time.fromisoformat(at), zone, date.fromisoformat(since), every, (on,), place)


MONDAYS = weekly("2026-03-16", (0,))
SKIPPED = weekly("2026-03-15", (6,), "02:30")  # Sundays; on 29 March this hour does not exist
TWICE = weekly("2026-10-18", (6,), "02:30")  # on 25 October it comes twice
SKIPPED_THERE = weekly("2026-03-01", (6,), "02:15", YORK)
TWICE_THERE = weekly("2026-10-25", (6,), "01:30", YORK)
HALF = weekly("2026-09-27", (6,), "02:10", HOWE)  # the clocks go on by half an hour on 4 October
HALF_BACK = weekly("2026-03-29", (6,), "01:45", HOWE)  # and back by half an hour on 5 April
NO_DAY = weekly("2011-12-23", (4,), "10:00", APIA)  # 30 December 2011, a Friday, was left out there
BOTH = weekly("2026-11-23", (0, 3), every=2)
EVERY_DAY = weekly("2026-10-23", (0, 1, 2, 3, 4, 5, 6), "02:30")
NEXT_YEAR = weekly("2026-12-21", (2,), every=3)
LAST_DAYS = monthly("2026-01-31", 31)
THIRTIETH = monthly("2027-12-01", 30)
TWENTY_NINTH = monthly("2027-02-01", 29)
QUARTERS = monthly("2026-01-15", 15, every=3)
LATE_BEGIN = monthly("2026-01-20", 15)
MIDNIGHT = monthly("2026-02-28", 1, "00:00", TOKYO)
GAP_DAY = monthly("2026-01-29", 29, "02:30")
FIRST_MONDAY = weekday("2026-01-01", 1, 0)
LAST_FRIDAY = weekday("2026-01-31", -1, 4)
LAST_SUNDAY = weekday("2026-02-01", -1, 6, "02:30")
FOURTH = weekday("2026-10-01", 4, 6, "02:30")
THIRD_TUESDAY = weekday("2026-11-18", 3, 1, zone=YORK)
HALF_YEARS = weekday("2026-01-01", 2, 2, zone=LONDON, every=6)

CASES: tuple[tuple[Rule, int, str], ...] = (
    (MONDAYS, 1, "2026-03-16T09:00+01:00"),
    (MONDAYS, 2, "2026-03-23T09:00+01:00"),
    (MONDAYS, 3, "2026-03-30T09:00+02:00"),
    (MONDAYS, 32, "2026-10-19T09:00+02:00"),
    (MONDAYS, 33, "2026-10-26T09:00+01:00"),
    (MONDAYS, 53, "2027-03-15T09:00+01:00"),
    (SKIPPED, 2, "2026-03-22T02:30+01:00"),
    (SKIPPED, 3, "2026-03-29T03:00+02:00"),
    (SKIPPED, 4, "2026-04-05T02:30+02:00"),
    (TWICE, 1, "2026-10-18T02:30+02:00"),
    (TWICE, 2, "2026-10-25T02:30+02:00"),
    (TWICE, 3, "2026-11-01T02:30+01:00"),
    (SKIPPED_THERE, 1, "2026-03-01T02:15-05:00"),
    (SKIPPED_THERE, 2, "2026-03-08T03:00-04:00"),
    (SKIPPED_THERE, 3, "2026-03-15T02:15-04:00"),
    (TWICE_THERE, 1, "2026-10-25T01:30-04:00"),
    (TWICE_THERE, 2, "2026-11-01T01:30-04:00"),
    (TWICE_THERE, 3, "2026-11-08T01:30-05:00"),
    (HALF, 1, "2026-09-27T02:10+10:30"),
    (HALF, 2, "2026-10-04T02:30+11:00"),
    (HALF, 3, "2026-10-11T02:10+11:00"),
    (HALF_BACK, 1, "2026-03-29T01:45+11:00"),
    (HALF_BACK, 2, "2026-04-05T01:45+11:00"),
    (HALF_BACK, 3, "2026-04-12T01:45+10:30"),
    (NO_DAY, 1, "2011-12-23T10:00-10:00"),
    (NO_DAY, 2, "2011-12-31T00:00+14:00"),
    (NO_DAY, 3, "2012-01-06T10:00+14:00"),
    (BOTH, 1, "2026-11-23T09:00+01:00"),
    (BOTH, 2, "2026-11-26T09:00+01:00"),
    (BOTH, 3, "2026-12-07T09:00+01:00"),
    (BOTH, 4, "2026-12-10T09:00+01:00"),
    (EVERY_DAY, 1, "2026-10-23T02:30+02:00"),
    (EVERY_DAY, 3, "2026-10-25T02:30+02:00"),
    (EVERY_DAY, 4, "2026-10-26T02:30+01:00"),
    (EVERY_DAY, 71, "2027-01-01T02:30+01:00"),
    (NEXT_YEAR, 1, "2026-12-23T09:00+01:00"),
    (NEXT_YEAR, 2, "2027-01-13T09:00+01:00"),
    (NEXT_YEAR, 3, "2027-02-03T09:00+01:00"),
    (LAST_DAYS, 1, "2026-01-31T09:00+01:00"),
    (LAST_DAYS, 2, "2026-02-28T09:00+01:00"),
    (LAST_DAYS, 3, "2026-03-31T09:00+02:00"),
    (LAST_DAYS, 4, "2026-04-30T09:00+02:00"),
    (LAST_DAYS, 26, "2028-02-29T09:00+01:00"),
    (THIRTIETH, 1, "2027-12-30T09:00+01:00"),
    (THIRTIETH, 3, "2028-02-29T09:00+01:00"),
    (THIRTIETH, 4, "2028-03-30T09:00+02:00"),
    (TWENTY_NINTH, 1, "2027-02-28T09:00+01:00"),
    (TWENTY_NINTH, 2, "2027-03-29T09:00+02:00"),
    (TWENTY_NINTH, 13, "2028-02-29T09:00+01:00"),
    (QUARTERS, 1, "2026-01-15T09:00+01:00"),
    (QUARTERS, 2, "2026-04-15T09:00+02:00"),
    (QUARTERS, 5, "2027-01-15T09:00+01:00"),
    (LATE_BEGIN, 1, "2026-02-15T09:00+01:00"),
    (LATE_BEGIN, 2, "2026-03-15T09:00+01:00"),
    (MIDNIGHT, 1, "2026-03-01T00:00+09:00"),
    (MIDNIGHT, 24, "2028-02-01T00:00+09:00"),
    (GAP_DAY, 2, "2026-02-28T02:30+01:00"),
    (GAP_DAY, 3, "2026-03-29T03:00+02:00"),
    (GAP_DAY, 4, "2026-04-29T02:30+02:00"),
    (FIRST_MONDAY, 1, "2026-01-05T09:00+01:00"),
    (FIRST_MONDAY, 3, "2026-03-02T09:00+01:00"),
    (FIRST_MONDAY, 6, "2026-06-01T09:00+02:00"),
    (LAST_FRIDAY, 1, "2026-02-27T09:00+01:00"),
    (LAST_FRIDAY, 3, "2026-04-24T09:00+02:00"),
    (LAST_SUNDAY, 1, "2026-02-22T02:30+01:00"),
    (LAST_SUNDAY, 2, "2026-03-29T03:00+02:00"),
    (LAST_SUNDAY, 9, "2026-10-25T02:30+02:00"),
    (FOURTH, 1, "2026-10-25T02:30+02:00"),
    (FOURTH, 2, "2026-11-22T02:30+01:00"),
    (THIRD_TUESDAY, 1, "2026-12-15T09:00-05:00"),
    (THIRD_TUESDAY, 4, "2027-03-16T09:00-04:00"),
    (HALF_YEARS, 1, "2026-01-14T09:00+00:00"),
    (HALF_YEARS, 2, "2026-07-08T09:00+01:00"),
    (HALF_YEARS, 3, "2027-01-13T09:00+00:00"),
)
