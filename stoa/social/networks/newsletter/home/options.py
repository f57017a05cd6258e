"""The typed settings of newsletters."""

from stoa.base.options import option

PER_MINUTE = option(
    "newsletter.mails_per_minute",
    60,
    "How many mails of newsletters go out in a minute at most, all newsletters together: what your mail server takes gladly.",
    least=1,
    most=6000,
)
BOUNCE_DOMAIN = option(
    "newsletter.bounce_domain",
    "",
    "The domain at which mails of newsletters that could not be delivered come back, as in answers by mail; empty: they go to the"
    " sender's address, and nothing here learns of them.",
)
