"""This room's settings at the desk."""

from stoa.base.options import option

EVERYONE_MOST = option(
    "spaces.everyone_most",
    200,
    "Up to how many members of a space `@everyone` calls; in a larger space nobody can call all of them.",
    least=0,
    most=10_000,
)
CALLS = option(
    "spaces.calls_an_hour", 5, "How many texts that call a group one person may write in an hour.", least=1, most=1000
)
