"""The metrics that Stoa knows by name, each defined once; `docs/metrics.md` is made from this list."""

from collections.abc import Mapping
from typing import Final

from stoa.measure.formulas.definition import N_, Definition, Unit

TOUCH_WINDOW: Final = N_("Joins in the period; touches up to 30 days before the join, that age not included.")
TOUCHES_NOT_COUNTED: Final = N_(
    "Touches that no form of ours carried along: nothing is stored on a visitor's device, so those joins are unknown. "
    "Several touches of one link in a row are one."
)

DEFINITIONS: Final = (
    Definition(
        key="bridge.clicks",
        version=2,
        name=N_("Clicks"),
        formula=N_("How often tracked links were opened by a person."),
        window=N_("Openings in the period, from its first instant to before its last."),
        numerator=N_("Openings of a link by a browser that says it navigates and names no known bot."),
        denominator=None,
        unit=Unit.CLICKS,
        not_counted=N_(
            "What came while a post was boosted: it is counted apart. Previews, prefetches, other servers "
            "that fetch the link, known bots; they are counted apart."
        ),
        source="ours; Fetch Metadata Request Headers (W3C)",
        worked_out_in="ratio",
    ),
    Definition(
        key="bridge.clicks_boosted",
        version=1,
        name=N_("Clicks while boosted"),
        formula=N_("How often tracked links were opened by a person."),
        window=N_("Openings in the period, from its first instant to before its last."),
        numerator=N_("Openings of a link by a browser that says it navigates and names no known bot."),
        denominator=None,
        unit=Unit.CLICKS,
        not_counted=N_(
            "What came outside the times that somebody said a post was boosted. Previews, prefetches, other "
            "servers that fetch the link, known bots; they are counted apart."
        ),
        source="ours; Fetch Metadata Request Headers (W3C)",
        worked_out_in="ratio",
    ),
    Definition(
        key="bridge.visits",
        version=2,
        name=N_("Visits"),
        formula=N_("Different visitors of each link, counted anew each day and summed."),
        window=N_("Days of the period, cut in the organisation's time zone."),
        numerator=N_(
            "Different visitor keys per link and day, each where it came first that day: boosted or not; the key's salt "
            "changes daily and is destroyed."
        ),
        denominator=None,
        unit=Unit.VISITS,
        not_counted=N_(
            "What came while a post was boosted: it is counted apart. What clicks leave out. One person on "
            "two days, or with two browsers, is two visits."
        ),
        source="ours, with a daily salt as Plausible documents it",
        worked_out_in="ratio",
    ),
    Definition(
        key="bridge.visits_boosted",
        version=1,
        name=N_("Visits while boosted"),
        formula=N_("Different visitors of each link, counted anew each day and summed."),
        window=N_("Days of the period, cut in the organisation's time zone."),
        numerator=N_(
            "Different visitor keys per link and day, each where it came first that day: boosted or not; the key's salt "
            "changes daily and is destroyed."
        ),
        denominator=None,
        unit=Unit.VISITS,
        not_counted=N_(
            "What came outside the times that somebody said a post was boosted. What clicks leave out. One "
            "person on two days, or with two browsers, is two visits."
        ),
        source="ours, with a daily salt as Plausible documents it",
        worked_out_in="ratio",
    ),
    Definition(
        key="bridge.joins",
        version=1,
        name=N_("Joined"),
        formula=N_("People who became members."),
        window=N_("Confirmed joins in the period, from its first instant to before its last."),
        numerator=N_("People whose membership was confirmed in the period."),
        denominator=None,
        unit=Unit.PEOPLE,
        not_counted=N_("Sign-ups that were never confirmed, bots, system accounts."),
        source="ours: a confirmed join, counted once",
        worked_out_in="funnel",
    ),
    Definition(
        key="bridge.joins_first_touch",
        version=1,
        name=N_("Joins by first touch"),
        formula=N_("Each join counts for the first known touch before it; without one it counts as unknown."),
        window=TOUCH_WINDOW,
        numerator=N_("Joins whose first known touch was this link, channel, post or campaign."),
        denominator=None,
        unit=Unit.JOINS,
        not_counted=TOUCHES_NOT_COUNTED,
        source="ours; the first-touch model as Matomo documents it",
        worked_out_in="attribution",
    ),
    Definition(
        key="bridge.joins_last_touch",
        version=1,
        name=N_("Joins by last touch"),
        formula=N_("Each join counts for the last known touch before it; without one it counts as unknown."),
        window=TOUCH_WINDOW,
        numerator=N_("Joins whose last known touch was this link, channel, post or campaign."),
        denominator=None,
        unit=Unit.JOINS,
        not_counted=TOUCHES_NOT_COUNTED,
        source="ours; the last-touch model as Matomo documents it",
        worked_out_in="attribution",
    ),
    Definition(
        key="bridge.origin_coverage",
        version=1,
        name=N_("Joins with a known origin"),
        formula=N_("Joins with at least one known touch, divided by all joins."),
        window=TOUCH_WINDOW,
        numerator=N_("Joins with at least one known touch."),
        denominator=N_("All joins in the period."),
        unit=Unit.SHARE,
        not_counted=TOUCHES_NOT_COUNTED,
        source="ours: the other side of the unknown row",
        worked_out_in="attribution",
    ),
    Definition(
        key="bridge.first_words",
        version=1,
        name=N_("Wrote a first topic or reply"),
        formula=N_("Of the people who joined, the share that opened a topic or replied within 7 days."),
        window=N_("7 days from the join, the last instant not included; only joins at least 7 days old."),
        numerator=N_("People who joined and then opened a topic or replied within 7 days of joining."),
        denominator=N_("People who joined in the period, at least 7 days ago."),
        unit=Unit.SHARE,
        not_counted=N_("Direct messages; words hidden or removed by a decision; people who joined under 7 days ago."),
        source="ours: an ordered funnel",
        worked_out_in="funnel",
    ),
    Definition(
        key="bridge.first_answer",
        version=1,
        name=N_("Received a first answer"),
        formula=N_("Of the people who joined, the share that wrote and was answered by somebody else within 7 days."),
        window=N_("7 days from the join, the last instant not included; only joins at least 7 days old."),
        numerator=N_("People who joined, then wrote, then received a reply from another person, all within 7 days."),
        denominator=N_("People who joined in the period, at least 7 days ago."),
        unit=Unit.SHARE,
        not_counted=N_("Answers by bots or by oneself; reactions; people who joined under 7 days ago."),
        source="ours: an ordered funnel; why it matters: Joyce and Kraut 2006, Predicting continued participation in newsgroups",
        worked_out_in="funnel",
    ),
    Definition(
        key="bridge.still_here",
        version=1,
        name=N_("Still here after 30 days"),
        formula=N_("Of the people who joined, the share that was active from day 30 to before day 37 after joining."),
        window=N_("The 7 days that begin 30 days after the join; only joins at least 37 days old."),
        numerator=N_(
            "People with any activity of a signed-in member in those 7 days; they need not have written before."
        ),
        denominator=N_("People who joined in the period, at least 37 days ago."),
        unit=Unit.SHARE,
        not_counted=N_("People who joined under 37 days ago: too young to be judged, in neither number."),
        source="ours: bracket retention on a rolling clock",
        worked_out_in="retention",
    ),
    Definition(
        key="social.reach",
        version=2,
        name=N_("Reach"),
        formula=N_("The sum over posts of the reach that the network reports for each."),
        window=N_("Posts published in the period; the last reading within 7 days of each."),
        numerator=N_("Accounts that saw each post, as the network counts them, summed over posts."),
        denominator=None,
        unit=Unit.ACCOUNTS,
        not_counted=N_(
            "What grew while a post was boosted: it is counted apart. Networks that do not offer reach: "
            "shown as not offered, never as 0. One person who saw two posts is "
            "counted twice."
        ),
        source="each network's own documentation, kept with its connector",
        worked_out_in="ratio",
    ),
    Definition(
        key="social.reach_boosted",
        version=1,
        name=N_("Reach while boosted"),
        formula=N_(
            "What the reach of each post grew between two readings while it was boosted; what the network "
            "calls paid, where it says so."
        ),
        window=N_("Posts published in the period; the last reading within 7 days of each."),
        numerator=N_("Accounts that saw each post, as the network counts them, summed over posts."),
        denominator=None,
        unit=Unit.ACCOUNTS,
        not_counted=N_(
            "Posts that nobody said were boosted. Networks that do not offer reach: shown as not offered, "
            "never as 0. One person who saw two posts is "
            "counted twice."
        ),
        source="each network's own documentation, kept with its connector",
        worked_out_in="ratio",
    ),
    Definition(
        key="social.interactions",
        version=2,
        name=N_("Interactions"),
        formula=N_("Likes, reposts and replies that the network reports, summed over posts."),
        window=N_("Posts published in the period; the last reading within 7 days of each."),
        numerator=N_("Likes, reposts and replies."),
        denominator=None,
        unit=Unit.INTERACTIONS,
        not_counted=N_(
            "What grew while a post was boosted: it is counted apart. Kinds that a network does not offer; "
            "our own replies where the network tells them apart."
        ),
        source="each network's own documentation, kept with its connector",
        worked_out_in="ratio",
    ),
    Definition(
        key="social.interactions_boosted",
        version=1,
        name=N_("Interactions while boosted"),
        formula=N_(
            "What likes, reposts and replies grew between two readings of a post while it was boosted, "
            "summed over posts."
        ),
        window=N_("Posts published in the period; the last reading within 7 days of each."),
        numerator=N_("Likes, reposts and replies."),
        denominator=None,
        unit=Unit.INTERACTIONS,
        not_counted=N_(
            "Posts that nobody said were boosted. Kinds that a network does not offer; our own replies "
            "where the network tells them apart."
        ),
        source="each network's own documentation, kept with its connector",
        worked_out_in="ratio",
    ),
    Definition(
        key="social.engagement",
        version=2,
        name=N_("Engagement by reach"),
        formula=N_("Interactions divided by reach, over the posts for which both are known."),
        window=N_("Posts published in the period; the last reading within 7 days of each."),
        numerator=N_("Likes, reposts and replies of these posts."),
        denominator=N_("Reach of the same posts, summed."),
        unit=Unit.SHARE,
        not_counted=N_(
            "What grew while a post was boosted; posts on networks that offer no reach: in neither number. "
            "It can pass 100 %."
        ),
        source="engagement rate by reach, as a ratio of sums (LiveDune documents both variants)",
        worked_out_in="ratio",
    ),
    Definition(
        key="community.topic_wait",
        version=1,
        name=N_("Wait for a first answer to a topic"),
        formula=N_("The wait after which half of the topics are answered, open ones counted (Kaplan–Meier median)."),
        window=N_("Topics opened in the period; each is watched until now, or until it was closed or removed."),
        numerator=N_("Topics whose first reply by another person came within the wait."),
        denominator=N_("Topics that had waited at least so long, answered or not."),
        unit=Unit.HOURS,
        not_counted=N_("Replies by the topic's author and by bots; announcements and polls, which wait for no answer."),
        source="Kaplan and Meier 1958; Brookmeyer and Crowley 1982 (interval); Ortega 2014, arXiv:1407.5903",
        worked_out_in="survival",
    ),
    Definition(
        key="social.mention_wait",
        version=1,
        name=N_("Wait for an answer to a mention"),
        formula=N_("The wait after which half of the mentions are answered, open ones counted (Kaplan–Meier median)."),
        window=N_(
            "Conversations that others began in the period; each is watched until our first answer, or until now."
        ),
        numerator=N_("Mentions whose first answer by us was published within the wait."),
        denominator=N_("Mentions that had waited at least so long, answered or not."),
        unit=Unit.HOURS,
        not_counted=N_("Conversations that a person closed without an answer; practice messages; our own posts."),
        source="Kaplan and Meier 1958; Brookmeyer and Crowley 1982 (interval)",
        worked_out_in="survival",
    ),
)

CATALOGUE: Final[Mapping[str, Definition]] = {definition.key: definition for definition in DEFINITIONS}
