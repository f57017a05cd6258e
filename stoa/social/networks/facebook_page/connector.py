"""Facebook Page: what it allows, and what a person does there.

Facebook lets a program publish for pages only after a company has reviewed it.
"""

from datetime import date
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import Layout, LinkRule, PictureLimit, Rules, Source, TextLimit

_WRITTEN = Source("https://developers.facebook.com/docs/pages-api/posts", date(2026, 11, 22))
_CAUTION = Source("stoa/social/networks/facebook_page/setup.md", date(2026, 11, 30))

RULES = Rules(
    text=(TextLimit("utf16", 63_206, _WRITTEN),),
    pictures=PictureLimit(
        at_most=10,
        bytes_at_most=8_000_000,
        mimes=("image/jpeg", "image/png", "image/webp"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_CAUTION,
    ),
    link=LinkRule(counts_as=None, card=False, card_beside_pictures=False, source=_CAUTION),
    threads=False,
    lag=0.0,
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "time"),
    handle_prefix="",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("like", "comment", "share"),
)

CONNECTOR = ByHand(
    key="facebook_page",
    name="Facebook Page",
    home="https://www.facebook.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("Facebook lets a program publish for pages only after a company has reviewed it."),
    hosts=("facebook.com", "fb.com"),
    paths=(
        r"/(?P<handle>[\w.]+)/posts/(?P<id>[\w-]+)/?",
        r"/(?P<handle>[\w.]+)/posts/[^/]+/(?P<id>\d+)/?",
        r"/(?:[^/]+/)?photos/(?P<id>[^?]+?)/?",
        r"/share/(?:p/)?(?P<id>\w+)/?",
        r"/permalink\.php\?(?:.*&)?story_fbid=(?P<id>[\w-]+)(?:&.*)?",
    ),
    last=("Make sure that you post as the page, not as yourself.",),
)
