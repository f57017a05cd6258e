"""The typed settings of this room."""

from stoa.base.options import option

EVERY_SECONDS = option(
    "listen.every_seconds",
    60,
    "How many seconds pass between two looks at what was said on a channel.",
    least=15,
    most=3600,
)
KEEP_DAYS = option(
    "listen.keep_days",
    180,
    "For how many days after its last word the words of a stranger's conversation are kept.",
    least=7,
    most=1825,
)
ALERT_HOURS = option(
    "listen.alert_hours",
    8,
    "After how many hours without an answer those who answer on a channel are told that somebody waits; 0: never.",
    least=0,
    most=720,
)
