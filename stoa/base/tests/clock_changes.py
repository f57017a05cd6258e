"""Wall times around changes of clocks: (zone, what was asked for, the instant that it means in UTC, what is told of it).

Worked out by hand from the zones' rules. What is told: nothing; `skipped` with the time at which it is instead; `twice`.
"""

CASES = (
    ("Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59", ""),
    ("Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00", "skipped 03:00"),
    ("Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", "skipped 03:00"),
    ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00", ""),
    ("Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00", "twice"),
    ("Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "twice"),
    ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", ""),
    ("Europe/London", "2026-03-29T01:30", "2026-03-29T01:00", "skipped 02:00"),
    ("Europe/London", "2026-10-25T01:30", "2026-10-25T00:30", "twice"),
    ("Europe/Dublin", "2026-03-29T01:30", "2026-03-29T01:00", "skipped 02:00"),  # winter is the time that is saved
    ("Europe/Dublin", "2026-10-25T01:30", "2026-10-25T00:30", "twice"),
    ("Europe/Dublin", "2026-12-24T18:00", "2026-12-24T18:00", ""),
    ("Atlantic/Azores", "2026-03-29T00:30", "2026-03-29T01:00", "skipped 01:00"),
    ("Europe/Moscow", "2026-03-29T02:30", "2026-03-28T23:30", ""),  # the same all year since 2014
    ("Europe/Volgograd", "2020-12-27T01:30", "2020-12-26T21:30", "twice"),  # an hour was given up for good
    ("America/New_York", "2026-03-08T02:30", "2026-03-08T07:00", "skipped 03:00"),
    ("America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", "twice"),
    ("America/St_Johns", "2026-03-08T02:15", "2026-03-08T05:30", "skipped 03:00"),
    ("America/Havana", "2025-11-02T00:30", "2025-11-02T04:30", "twice"),
    ("America/Havana", "2026-11-01T00:30", "2026-11-01T04:30", ""),  # summer time went on that winter
    ("America/Nuuk", "2026-03-28T23:30", "2026-03-29T01:00", "skipped 29 Mar 00:00"),
    ("America/Sao_Paulo", "2026-11-01T00:30", "2026-11-01T03:30", ""),  # summer time abolished in 2019
    ("America/Asuncion", "2026-03-22T00:30", "2026-03-22T03:30", ""),  # summer time for good since 2024
    ("America/Santiago", "2026-09-06T00:30", "2026-09-06T04:00", "skipped 01:00"),
    ("Pacific/Easter", "2026-09-05T22:30", "2026-09-06T04:00", "skipped 23:00"),
    ("Africa/Cairo", "2026-04-24T00:30", "2026-04-23T22:00", "skipped 01:00"),  # at midnight
    ("Africa/Casablanca", "2026-02-15T02:30", "2026-02-15T01:30", "twice"),  # Ramadan begins
    ("Africa/Casablanca", "2026-03-22T02:30", "2026-03-22T02:00", "skipped 03:00"),  # and has ended
    ("Africa/El_Aaiun", "2026-03-22T02:30", "2026-03-22T02:00", "skipped 03:00"),
    ("Asia/Beirut", "2026-03-29T00:15", "2026-03-28T22:00", "skipped 01:00"),
    ("Asia/Jerusalem", "2026-03-27T02:30", "2026-03-27T00:00", "skipped 03:00"),  # a Friday
    ("Asia/Tehran", "2026-03-22T00:30", "2026-03-21T21:00", ""),  # abolished in 2022
    ("Asia/Kolkata", "2026-03-29T02:30", "2026-03-28T21:00", ""),
    ("Asia/Kathmandu", "2026-05-01T12:00", "2026-05-01T06:15", ""),
    ("Asia/Almaty", "2024-02-29T23:30", "2024-02-29T17:30", "twice"),
    ("Asia/Pyongyang", "2018-05-04T23:45", "2018-05-04T15:00", "skipped 5 May 00:00"),  # half an hour
    ("Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "skipped 02:30"),  # half an hour every year
    ("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "twice"),
    ("Australia/Lord_Howe", "2026-04-05T02:00", "2026-04-04T15:30", ""),
    ("Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:00", "skipped 03:00"),
    ("Australia/Adelaide", "2026-04-05T02:30", "2026-04-04T16:00", "twice"),
    ("Pacific/Auckland", "2026-09-27T02:30", "2026-09-26T14:00", "skipped 03:00"),
    ("Pacific/Chatham", "2026-09-27T02:50", "2026-09-26T14:00", "skipped 03:45"),
    ("Pacific/Norfolk", "2026-10-04T02:30", "2026-10-03T15:00", "skipped 03:00"),
    ("Pacific/Kiritimati", "2026-06-01T00:30", "2026-05-31T10:30", ""),  # fourteen hours ahead
    ("Pacific/Apia", "2011-12-29T23:59", "2011-12-30T09:59", ""),
    ("Pacific/Apia", "2011-12-30T10:00", "2011-12-30T10:00", "skipped 31 Dec 00:00"),  # a whole day left out
    ("Antarctica/Troll", "2026-03-29T02:30", "2026-03-29T01:00", "skipped 03:00"),  # two hours
    ("Antarctica/Troll", "2026-10-25T02:30", "2026-10-25T00:30", "twice"),
    ("UTC", "2026-03-29T02:30", "2026-03-29T02:30", ""),
)  # fmt: skip
