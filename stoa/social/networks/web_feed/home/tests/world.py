"""What feeds put into the world of the access tests: one feed with an entry and its picture, public as all that is there."""

import io

from PIL import Image

from stoa.social.networks.web_feed.home.actions.entries import Draft, write_entry
from stoa.social.networks.web_feed.home.actions.feeds import open_feed
from stoa.social.networks.web_feed.home.actions.pictures import store_picture
from stoa.social.networks.web_feed.home.policy import feeds_key
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility != "public":
        return
    feed, _ = open_feed("guild", "The Guild", "What we mend", key=feeds_key())
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    picture = store_picture(drawn.getvalue(), by=feed)
    world.put("web_feed.feed", feed)
    draft = Draft(world.words("web_feed.title"), world.words("web_feed.entry"), pictures=[(picture, "A square")])
    world.put("web_feed.entry", write_entry(draft, by=feed, key="first"))
    world.put("web_feed.picture", picture)


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        for number in range(9):
            write_entry(Draft(f"Number {number}", "And more."), by=world.get("web_feed.feed", "public"))
            open_feed(f"more-{number}", f"More {number}", "More", key=feeds_key())
