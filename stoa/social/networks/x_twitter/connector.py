"""X: what it allows and costs, and what a person does there.

X lets programs publish for money: by hand a post costs nothing.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from stoa.social.networks.handing import ByHand, lacking
from stoa.social.networks.protocol import (
    Cost,
    Layout,
    LinkRule,
    PictureLimit,
    Rate,
    Rules,
    SameAgain,
    Source,
    TextLimit,
)

_CHECKED = date(2026, 11, 22)
_COUNTED = Source("https://docs.x.com/fundamentals/counting-characters", _CHECKED)
_MEDIA = Source("https://docs.x.com/x-api/media/quickstart/best-practices", _CHECKED)
_RATES = Source("https://docs.x.com/x-api/fundamentals/rate-limits", _CHECKED)
_PRICES = Source("https://docs.x.com/x-api/getting-started/pricing", _CHECKED)

RULES = Rules(
    text=(TextLimit("x_weighted", 280, _COUNTED),),
    pictures=PictureLimit(
        at_most=4,
        bytes_at_most=5_000_000,
        mimes=("image/jpeg", "image/png", "image/webp", "image/gif"),
        alt_at_most=1000,
        alt_count="codepoints",
        source=_MEDIA,
    ),
    link=LinkRule(counts_as=23, card=False, card_beside_pictures=False, source=_COUNTED),
    threads=True,
    lag=0.0,
    rates=(Rate("posts", 100, 900, _RATES), Rate("posts in a day", 10_000, 86_400, _RATES)),
    costs=(
        Cost("A post", Decimal("0.015"), "USD", _PRICES, when="post"),
        Cost("A post with a link", Decimal("0.20"), "USD", _PRICES, when="link"),
    ),
    keyed=False,
    answers="when_addressed",
    same_again=SameAgain(
        "X counts posts that say the same again and again as spam: it may refuse them, show them to fewer people or lock the account.",
        Source("https://help.x.com/en/rules-and-policies/authenticity", date(2026, 11, 30)),
    ),
)

LAYOUT = Layout(
    avatar="circle",
    heading=("name", "handle", "time"),
    handle_prefix="@",
    body=("text", "pictures", "card"),
    card="stacked",
    actions=("reply", "repost", "like"),
)

CONNECTOR = ByHand(
    key="x_twitter",
    name="X",
    home="https://x.com/",
    folder=Path(__file__).parent,
    rules=RULES,
    layout=LAYOUT,
    lacks=lacking("X lets a program publish for money: Stoa does not speak its interface yet."),
    hosts=("x.com", "twitter.com"),
    paths=(r"/i/(?:web/)?status/(?P<id>\d+)/?", r"/(?P<handle>\w{1,15})/status/(?P<id>\d+)(?:/photo/\d)?/?"),
    describes="on each picture, with +ALT",
)
