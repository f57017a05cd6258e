"""The typed settings of this room."""

from stoa.base.options import option

GRACE_MINUTES = option(
    "talk.grace_minutes",
    5,
    "For how many minutes, while nobody has answered, a change of one's own words is not kept as a version.",
    least=0,
    most=60,
)
ALERT_HOURS = option(
    "talk.alert_hours",
    24,
    "After how many hours without an answer a topic's moderators are told that somebody waits; 0: never.",
    least=0,
    most=720,
)
HISTORY_FOR = option(
    "talk.history_for",
    "readers",
    "Who reads what stood in a topic or a reply before it was changed: all its readers, or its author and the moderators.",
    choices=("readers", "author"),
)
