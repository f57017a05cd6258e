"""The words of an issue as a mail shows them: plain text, and HTML with its styles within, as mail programs want it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import escape, linebreaks, urlize
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _
from markupsafe import Markup

from stoa.social.networks.newsletter.home.models import Issue, Picture

WIDTH = 600
PLAIN = "font-family:Arial,Helvetica,sans-serif;color:#6b655c"
PAGE = "margin:0;padding:24px 12px;background:#fbf9f4;color:#1f1d1a;font-family:Georgia,serif;font-size:17px;line-height:1.6"
SHEET = (
    "max-width:600px;margin:0 auto;padding:28px 28px 20px;background:#ffffff;border:1px solid #e6e1d6;border-radius:8px"
)
NAME = f"margin:0 0 6px;font-size:14px;{PLAIN}"
TITLE = "margin:0 0 18px;font-size:26px;line-height:1.25;font-weight:600"
IMAGE = "display:block;max-width:100%;height:auto;border-radius:6px"
FOOT = f"max-width:600px;margin:16px auto 0;padding:0 28px;font-size:13px;line-height:1.5;{PLAIN}"
LINK = "color:#8f3820"


@dataclass(frozen=True)
class Foot:
    """What stands below the words: whose it is, where it can be read, how it is stopped and chosen."""

    name: str
    imprint: str
    shown: str
    stop: str
    choices: str

    def lines(self) -> list[tuple[str, str]]:
        """(a sentence, an address that it names, or nothing)."""
        found = [(_("You get this because you subscribed to “%(name)s”.") % {"name": self.name}, "")]
        found += [(_("Read it in your browser:"), self.shown)] if self.shown else []
        found += [(_("Choose which newsletters you get:"), self.choices)] if self.choices else []
        found += [(_("Unsubscribe:"), self.stop)] if self.stop else []
        return [*found, (self.imprint, "")]


def plain_of(issue: Issue, pictures: Sequence[Picture], foot: Foot) -> str:
    shown = [_("[Picture: %(alt)s]") % {"alt": each.alt} for each in pictures if each.alt.strip()]
    parts = [issue.title, issue.text.strip(), *shown]
    below = [" ".join(part for part in line if part) for line in foot.lines()]
    return "\n\n".join(part for part in parts if part) + "\n\n-- \n" + "\n".join(below) + "\n"


def words_of(issue: Issue) -> Markup:
    """The body: paragraphs and links, everything else escaped."""
    return Markup(linebreaks(urlize(issue.text, autoescape=True), autoescape=False))  # noqa: S704


def html_of(issue: Issue, pictures: Sequence[Picture], foot: Foot, *, address_of: Callable[[Picture], str]) -> str:
    """The whole document. `address_of` names a picture: its part of the mail, or its page."""
    title = f'<h1 style="{TITLE}">{escape(issue.title)}</h1>' if issue.title else ""
    words = str(words_of(issue)).replace("<a ", f'<a style="{LINK}" ').replace("<p>", '<p style="margin:0 0 16px">')
    images = "".join(_image(each, address_of(each)) for each in pictures)
    direction = "rtl" if get_language_bidi() else "ltr"
    return (
        f'<!doctype html>\n<html lang="{escape(issue.language or "en")}" dir="{direction}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(issue.heading)}</title></head>\n'
        f'<body style="{PAGE}"><div style="{SHEET}">\n<p style="{NAME}">{escape(issue.newsletter.name)}</p>\n{title}\n{words}\n'
        f'{images}</div>\n<div style="{FOOT}">{_foot(foot)}</div></body></html>\n'
    )


def _image(picture: Picture, address: str) -> str:
    width = min(picture.width, WIDTH - 58)
    height = max(1, round(picture.height * width / max(picture.width, 1)))
    size = f'width="{width}" height="{height}"'
    return f'<p style="margin:0 0 16px"><img src="{escape(address)}" alt="{escape(picture.alt)}" {size} style="{IMAGE}"></p>\n'


def _foot(foot: Foot) -> str:
    lines = []
    for said, address in foot.lines():
        words = str(escape(said))
        if address:
            words = f'<a href="{escape(address)}" style="{LINK}">{escape(said.rstrip(":"))}</a>'
        lines.append(f'<p style="margin:0 0 6px">{words}</p>')
    return "\n".join(lines)
