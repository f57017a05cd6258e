"""Pictures are drawn by us, the same for the same seed, and each says what it shows."""

import xml.etree.ElementTree as ET
from io import BytesIO

from PIL import Image

from stoa.demo_guild.people import people
from stoa.demo_guild.pictures.faces import avatar_alt, avatar_png, avatar_svg, has_picture
from stoa.demo_guild.pictures.things import names, picture
from stoa.demo_guild.social import posts


def test_there_are_twelve_things_before_and_after() -> None:
    assert len(names()) == 12
    drawn = [picture(name, after, pixels=240) for name in names() for after in (False, True)]
    assert len({one.png for one in drawn}) == len({one.alt for one in drawn}) == 24
    assert Image.open(BytesIO(drawn[0].png)).size == (240, 180)


def test_the_same_seed_draws_the_same() -> None:
    assert picture("lamp", seed=3, pixels=120) == picture("lamp", seed=3, pixels=120)
    assert avatar_png("amara", 64) == avatar_png("amara", 64)
    assert avatar_svg("amara") == avatar_svg("amara")


def test_most_members_have_a_face_and_some_only_initials() -> None:
    shown = [member for member in people() if has_picture(member.key)]
    assert 230 <= len(shown) <= 320
    assert len({avatar_svg(member.key) for member in shown}) > 200
    assert avatar_alt("Marta Quill") == "Drawn portrait of Marta Quill"


def test_a_face_is_well_formed_and_small() -> None:
    svg = avatar_svg("marta")
    assert ET.fromstring(svg).tag.endswith("svg")
    assert len(svg) < 2500


def test_posts_name_pictures_that_exist() -> None:
    assert {post.picture for post in posts()} - {""} <= set(names())
