"""LinkedIn: what it allows, and what a person does there.

LinkedIn lets a program publish for pages only after it has vetted the company behind it.
"""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit

_WRITTEN = Source(
    "https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api", date(2026, 11, 22)
)
_CAUTION = Source("stoa/social/networks/linkedin/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("utf16", 3_000, _WRITTEN),),
    pictures=PictureLimit(
        at_most=20,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=4086,
        alt_count="codepoints",
        source=_CAUTION,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
)

LAYOUT = Layout(
    avatar="rounded",
    heading=("name", "time"),
    handle_prefix="",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("like", "comment", "repost"),
)

CONNECTOR = ByHand(
    key="linkedin",
    name="LinkedIn",
    home="https://www.linkedin.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("LinkedIn lets a program publish for pages only after it has vetted the company behind it."),
    hosts=("linkedin.com",),
    paths=(
        r"/posts/(?P<id>[^/]+)/?",
        r"/feed/update/(?P<id>[^/]+)/?",
    ),
    last=("Choose whether it is posted as the page or as yourself.",),
)
