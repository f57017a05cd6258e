"""TikTok: what it allows, and what a person does there. TikTok shows what an unaudited program posts to its owner alone."""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit, VideoLimit

_WRITTEN = Source("https://developers.tiktok.com/doc/content-posting-api-reference-photo-post", date(2026, 11, 22))
_VIDEO = Source("https://developers.tiktok.com/doc/content-posting-api-media-transfer-guide", date(2026, 11, 30))
_CAUTION = Source("stoa/social/networks/tiktok/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("utf16", 2_200, _WRITTEN),),
    pictures=PictureLimit(
        at_most=35,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_CAUTION,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
    videos=VideoLimit(4_000_000_000, 600, ("video/mp4", "video/quicktime", "video/webm"), _VIDEO, seconds_at_least=3),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("handle",),
    handle_prefix="@",
    body=("pictures", "text"),
    card="none",
    actions=("like", "comment", "share"),
)

CONNECTOR = ByHand(
    key="tiktok",
    name="TikTok",
    home="https://www.tiktok.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("TikTok shows what an unaudited program posts to its owner alone."),
    hosts=("tiktok.com",),
    paths=(
        r"/@(?P<handle>[\w.]+)/(?:video|photo)/(?P<id>\d+)/?",
        r"/t/(?P<id>\w+)/?",
        r"//v[mt]\.tiktok\.com/(?P<id>\w+)/?",
    ),
    last=("Choose who may see it and whether people may comment.",),
)
