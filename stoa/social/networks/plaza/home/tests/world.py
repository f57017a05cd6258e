"""What Plaza puts into the world of the access tests: one account with a post and a picture, public as all that is there."""

import io

from PIL import Image

from stoa.social.networks.plaza.home.actions.accounts import open_account
from stoa.social.networks.plaza.home.actions.pictures import store_picture
from stoa.social.networks.plaza.home.actions.posts import Draft, write_post
from stoa.social.networks.plaza.home.policy import practice_key
from tests.access.world import World


def build(world: World, visibility: str) -> None:
    if visibility != "public":
        return
    account, _ = open_account("guild", "The Guild", key=practice_key())
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8), "teal").save(drawn, "PNG")
    picture = store_picture(drawn.getvalue(), by=account)
    world.put("plaza.account", account)
    post = write_post(Draft(world.words("plaza.post"), pictures=[(picture, "A square")]), by=account)
    write_post(Draft(world.words("plaza.answer"), answered=post), by=account)
    world.put("plaza.post", post)
    world.put("plaza.picture", picture)


def grow(world: World, visibility: str) -> None:
    if visibility == "public":
        account = world.get("plaza.account", "public")
        for number in range(9):
            write_post(Draft(f"Number {number}", answered=world.get("plaza.post", "public")), by=account)
            write_post(Draft(f"More {number}"), by=account)
