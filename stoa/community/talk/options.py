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
NEARBY = option(
    "talk.nearby",
    True,
    "Whether members see who is writing in a topic, and who was in a space lately (each member can stay out of sight).",
)
REQUESTS_A_DAY = option(
    "talk.direct_requests_a_day",
    10,
    "How many people whom they do not know a member may ask in a day whether they take direct messages.",
    least=0,
    most=200,
)
REQUESTS_OF_NEWCOMERS = option(
    "talk.direct_requests_of_newcomers",
    3,
    "How many of them somebody may ask in a day who is new here (trust level 0).",
    least=0,
    most=200,
)
REPLY_DOMAIN = option(
    "talk.reply_domain",
    "",
    "The domain at which members answer notices by mail (reply+…@domain, delivered to `manage.py take_mail`); empty: not at all.",
)
AUTHSERV = option(
    "talk.mail_authserv",
    "",
    "The name under which our own mail server writes Authentication-Results; answers by mail then need its word on DMARC. Empty: none.",
)
