"""This room's settings at the desk: what calls of groups and invitations by members may do."""

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
FROM_LEVEL = option(
    "spaces.members_invite_from_level",
    2,
    "From which trust level on members may invite a few people by links of their own (5: nobody but the team invites).",
    least=2,
    most=5,
)
LINKS_A_WEEK = option(
    "spaces.member_links_a_week", 3, "How many invitations a member may make in seven days.", least=0, most=50
)
LINK_USES = option("spaces.member_link_uses", 3, "For how many people a member's invitation is good.", least=1, most=20)
LINK_DAYS = option("spaces.member_link_days", 7, "For how many days a member's invitation is good.", least=1, most=30)
