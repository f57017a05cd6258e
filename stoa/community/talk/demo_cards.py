"""The demo: an answer that links to a page elsewhere, with its card."""

import io
from datetime import timedelta

from PIL import Image, ImageDraw

from stoa.base import files
from stoa.base.demo import Story
from stoa.base.files.pictures import shrunk
from stoa.base.models import Linking, PageElsewhere
from stoa.base.text import Authored, write
from stoa.community.talk import finding
from stoa.community.talk.models import Presence, Reply

ADDRESS = "https://mendersbook.example/first-steps"


def fill(story: Story) -> None:
    """The latest answer in the open to a question that is settled."""
    there = Reply.objects.filter(
        presence=Presence.HERE, topic__presence=Presence.HERE, topic__space__visibility="public"
    )
    answer = there.filter(topic__accepted_id__isnull=False).select_related("topic__space").order_by("-id").first()
    if answer is None:
        return
    answer.set_text(write(f"{answer.source}\n\n{ADDRESS}"))
    answer.save(update_fields=[*Authored.TEXT_FIELDS])
    finding.keep_reply(answer)
    at = answer.added_at
    page = PageElsewhere.objects.create(
        address=ADDRESS, host="mendersbook.example", state=PageElsewhere.State.FOUND, is_public=True, at=at, asked_at=at,
        expires_at=story.now + timedelta(days=30), title="First steps: what to look at before you take anything apart",
        description="A page for the wall of the workshop. Unplug it, listen to it, look at the cable first: half of what comes in is "
        "mended before a screw is turned.", site="The Menders’ Book",
    )  # fmt: skip
    picture = files.keep_small(shrunk(drawing()), ("base.page_elsewhere", page.id))
    PageElsewhere.objects.filter(id=page.id).update(picture_id=picture.id, width=picture.width, height=picture.height)
    Linking.objects.create(page=page, thing_key="talk.reply", thing_id=answer.id)


def drawing() -> bytes:
    """A lamp on a bench."""
    drawn = Image.new("RGB", (640, 480), "#e9dfc8")
    pen = ImageDraw.Draw(drawn)
    pen.rectangle((0, 380, 640, 480), fill="#8a6a45")
    pen.polygon([(250, 190), (430, 190), (390, 90), (290, 90)], fill="#b4482a")
    pen.rectangle((332, 190, 348, 365), fill="#3d3a35")
    pen.rectangle((280, 365, 400, 382), fill="#3d3a35")
    pen.polygon([(250, 192), (430, 192), (520, 380), (160, 380)], fill="#f6ecc9")
    pen.rectangle((332, 192, 348, 365), fill="#3d3a35")
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()
