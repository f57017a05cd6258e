"""Pinterest: what it allows, and what a person does there. Pinterest shows what a program on trial posts to its owner alone."""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit, VideoLimit

_WRITTEN = Source("https://developers.pinterest.com/docs/api/v5/pins-create", date(2026, 11, 22))
_VIDEO = Source("https://help.pinterest.com/en/business/article/pinterest-product-specs", date(2026, 11, 30))
_CAUTION = Source("stoa/social/networks/pinterest/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("codepoints", 500, _WRITTEN),),
    pictures=PictureLimit(
        at_most=1,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=500,
        alt_count="codepoints",
        source=_CAUTION,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
    videos=VideoLimit(
        2_000_000_000, 900, ("video/mp4", "video/quicktime"), _VIDEO, seconds_at_least=4, ratio_min=0.5, ratio_max=1.91
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name",),
    handle_prefix="",
    body=("pictures", "text"),
    card="none",
    actions=("save", "comment"),
)

CONNECTOR = ByHand(
    key="pinterest",
    name="Pinterest",
    home="https://www.pinterest.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("Pinterest shows what a program on trial posts to its owner alone."),
    hosts=(
        "pinterest.com",
        "pinterest.com.au",
        "pinterest.co.uk",
        "pinterest.at",
        "pinterest.ca",
        "pinterest.ch",
        "pinterest.de",
        "pinterest.es",
        "pinterest.fr",
        "pinterest.ie",
        "pinterest.it",
        "pinterest.jp",
        "pinterest.nz",
        "pinterest.pt",
        "pin.it",
    ),
    paths=(r"/pin/(?P<id>[\w-]+)/?", r"//pin\.it/(?P<id>\w+)/?"),
    last=(
        "Take the first line as the title, up to 100 characters.",
        "Paste the link into the field for the link, and choose a board.",
    ),
)
