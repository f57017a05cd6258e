"""YouTube: what it allows, and what a person does there.

What is published there is a video, which a person brings; title and description are ours to write.
"""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, Rules, Source, TextLimit

_WRITTEN = Source("https://developers.google.com/youtube/v3/docs/videos", date(2026, 11, 22))

RULES = Rules(
    text=(TextLimit("bytes", 5_000, _WRITTEN),),
    pictures=None,
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_WRITTEN),
    threads=False,
    lag=0.0,
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name",),
    handle_prefix="@",
    body=("text",),
    card="none",
    actions=("like", "comment", "share"),
)

CONNECTOR = ByHand(
    key="youtube",
    name="YouTube",
    home="https://www.youtube.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking(
        "YouTube keeps what a program uploads private until it has audited the program: Stoa does not speak its interface."
    ),
    hosts=("youtube.com", "youtu.be"),
    paths=(
        r"/watch\?(?:.*&)?v=(?P<id>[\w-]{11})(?:&.*)?",
        r"/(?:shorts|live)/(?P<id>[\w-]{11})/?",
        r"//youtu\.be/(?P<id>[\w-]{11})/?",
        r"/post/(?P<id>Ug[\w-]+)/?",
    ),
    last=(
        "The text is the description: give the video a title of at most 100 characters.",
        "A description holds no < and no >.",
    ),
)
