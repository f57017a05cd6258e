"""Threads: what it allows, and what a person does there. Threads lets a program publish only after a company has reviewed it."""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit

_WRITTEN = Source("https://developers.facebook.com/docs/threads/posts", date(2026, 11, 22))
_PICTURES = Source("https://www.ayrshare.com/docs/media-guidelines/threads", date(2026, 11, 30))
_CAUTION = Source("stoa/social/networks/meta_threads/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("codepoints", 500, _WRITTEN),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_PICTURES,
        ratio_min=0.1,
        ratio_max=10.0,
        width_at_most=1440,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
)

LAYOUT = Layout(
    avatar="circle",
    heading=("handle", "time"),
    handle_prefix="@",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("like", "reply", "repost"),
)

CONNECTOR = ByHand(
    key="meta_threads",
    name="Threads",
    home="https://www.threads.net/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("Threads lets a program publish only after a company has reviewed it."),
    hosts=("threads.net", "threads.com"),
    paths=(r"/@(?P<handle>[\w.]+)/post/(?P<id>[\w-]+)/?",),
    last=(),
)
