"""Reddit: what it allows, and what a person does there. Reddit asks for an approval of the use before a program may post."""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit, VideoLimit

_CAUTION = Source("stoa/social/networks/reddit/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("codepoints", 40_000, _CAUTION),),
    pictures=PictureLimit(
        at_most=20,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=180,
        alt_count="codepoints",
        source=_CAUTION,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
    videos=VideoLimit(1_000_000_000, 900, ("video/mp4", "video/quicktime"), _CAUTION),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("handle", "time"),
    handle_prefix="u/",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("vote", "comment", "share"),
)

CONNECTOR = ByHand(
    key="reddit",
    name="Reddit",
    home="https://www.reddit.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("Reddit asks for an approval of the use before a program may post."),
    hosts=("reddit.com",),
    paths=(r"/(?:r|user)/[^/]+/comments/(?P<id>\w+)(?:/[^/]*)?/?", r"/r/[^/]+/s/(?P<id>\w+)/?"),
    last=(
        "Take the first line as the title, up to 300 characters.",
        "Read the rules of that place first: the same words in several places are punished.",
    ),
)
