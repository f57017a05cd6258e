"""Instagram: what it allows, and what a person does there.

Instagram lets a program publish only after a company has reviewed it, and only for professional accounts.
"""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit

_WRITTEN = Source("https://developers.facebook.com/docs/instagram-platform/content-publishing", date(2026, 11, 22))
_PICTURES = Source("https://www.ayrshare.com/docs/media-guidelines/instagram", date(2026, 11, 30))
_CAUTION = Source("stoa/social/networks/instagram/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("codepoints", 2_200, _WRITTEN),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_PICTURES,
        ratio_min=0.8,
        ratio_max=1.91,
        width_at_most=1440,
        format="image/jpeg",
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name",),
    handle_prefix="@",
    body=("pictures", "text"),
    card="none",
    actions=("like", "comment", "share"),
)

CONNECTOR = ByHand(
    key="instagram",
    name="Instagram",
    home="https://www.instagram.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking(
        "Instagram lets a program publish only after a company has reviewed it, and only for professional accounts."
    ),
    hosts=("instagram.com",),
    paths=(r"/(?:(?P<handle>[\w.]+)/)?(?:p|reel)/(?P<id>[\w-]+)/?",),
    describes="under advanced settings, as its alt text",
    last=("A link in the text cannot be pressed there: put it into the profile, or into a story.",),
)
