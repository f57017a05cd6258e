"""What stands on the site: our words as blocks of its editor, and its HTML as words again."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from stoa.social.networks.markup import unescaped, without_tags
from stoa.social.networks.paragraphs import escaped, paragraphs
from stoa.social.networks.protocol import Picture
from stoa.social.networks.titles import titled

OWN_PICTURES = re.compile(r"<!-- wp:image .*?<!-- /wp:image -->", re.DOTALL)
PICTURE_ID = re.compile(r"wp-image-(\d{1,18})\b")
BREAKS = re.compile(r"<br\s*/?>\n?", re.IGNORECASE)
PARAGRAPHS = re.compile(r"</p>\s*<p[^<>]*>", re.IGNORECASE)
NO_WORD = re.compile(r"\W+")


@dataclass(frozen=True)
class Stored:
    """A picture that lies on the site."""

    id: int
    address: str
    alt: str


def name_of_picture(post: str, picture: Picture) -> str:
    return f"{post}-{digest(picture.content, 8)}"


def digest(content: bytes, size: int) -> str:
    return hashlib.sha256(content).hexdigest()[:size]


def title_of(text: str) -> str:
    return html.escape(titled(text)[0], quote=False)


def content_of(text: str, pictures: Sequence[Stored]) -> str:
    """Blocks, one for each paragraph and picture. Square brackets would be read as shortcodes, so they are written as characters."""
    written = [
        f"<!-- wp:paragraph -->\n<p>{without_shortcodes(part)}</p>\n<!-- /wp:paragraph -->"
        for part in paragraphs(titled(text)[1])
    ]
    return "\n\n".join([*written, *(block_of(each) for each in pictures)])


def with_pictures_of(text: str, before: str) -> str:
    """The new words, and after them the pictures that stood there."""
    return "\n\n".join([content_of(text, ()), *OWN_PICTURES.findall(before)]).strip()


def block_of(picture: Stored) -> str:
    shown = f'<img src="{escaped(picture.address)}" alt="{without_shortcodes(escaped(picture.alt))}"'
    return (
        f'<!-- wp:image {{"id":{picture.id},"sizeSlug":"full","linkDestination":"none"}} -->\n'
        f'<figure class="wp-block-image size-full">{shown} class="wp-image-{picture.id}"/></figure>\n<!-- /wp:image -->'
    )


def without_shortcodes(markup: str) -> str:
    return markup.replace("[", "&#91;").replace("]", "&#93;")


def plain(content: object) -> str:
    """The words of what the site shows: paragraphs and breaks stay, everything else of the markup goes."""
    told = content.get("rendered") if isinstance(content, Mapping) else content
    return unescaped(without_tags(PARAGRAPHS.sub("\n\n", BREAKS.sub("\n", str(told or ""))))).strip()


def same(there: str, ours: str) -> bool:
    """Whether two texts say the same: the site sets quotation marks and dashes of its own."""
    return NO_WORD.sub("", there) == NO_WORD.sub("", ours)
