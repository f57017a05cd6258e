"""Spoilers: words that are shown at a press. `||these words||` in a line; in lines of their own

    ::: spoiler What the summary says
    Any text.
    :::

They are stored as `x-spoiler` and `x-hidden`, and filled in by `uncovered` when they are shown: a box to tick in a line, `details` for a
block, so that neither needs a script. The plain text has a sign in their place (`covered`).
"""

import re
from html import unescape

from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from markupsafe import Markup, escape
from mdit_py_plugins.container import container_plugin

COVER = "[…]"
LONGEST_TITLE = 100
TAGS = {"x-spoiler", "x-hidden"}
_tag = re.compile(r'<(?:[^>"]|"[^"]*")*+>')
_title = re.compile(r'title="([^"]*)"')
_run = re.compile(r"\|{2,}")
_letter = re.compile(r"[0-9A-Za-z_]")
_breaks = {"softbreak", "hardbreak"}


def teach(made: MarkdownIt) -> None:
    """The parser knows both forms from now on."""
    made.core.ruler.after("inline", "spoilers", _lines)
    made.use(container_plugin, "spoiler", validate=_is_spoiler, render=_block)


def uncovered(html: str) -> str:
    """Stored HTML with its spoilers as they are shown."""
    if "<x-spoiler" not in html and "<x-hidden" not in html:
        return html
    label = escape(_("Show the spoiler"))
    forms = {
        "<x-spoiler>": f'<label class="spoiler"><input type="checkbox" autocomplete="off" aria-label="{label}"><span>',
        "</x-spoiler>": "</span></label>",
        "</x-hidden>": "</details>",
    }
    return _tag.sub(
        lambda found: _opened(found[0]) if found[0].startswith("<x-hidden") else forms.get(found[0], found[0]), html
    )


def covered(html: str) -> str:
    """Stored HTML with a sign in the place of each spoiler, and nothing of what it says but a block's title."""
    if "<x-spoiler" not in html and "<x-hidden" not in html:
        return html
    kept: list[str] = []
    deep = at = 0
    for found in _tag.finditer(html):
        name = found[0].strip("</>").partition(" ")[0]
        if name not in TAGS:
            continue
        if found[0][1] == "/":
            deep -= 1
            at = found.end() if deep == 0 else at
            continue
        if deep == 0:
            title = _title.search(found[0])
            cover = f"{title[1]} {COVER}".lstrip().replace("<", "&lt;") if title else COVER
            kept += [html[at : found.start()], cover if name == "x-spoiler" else f"<p>{cover}</p>"]
        deep += 1
    return "".join([*kept, html[at:]])


def _opened(tag: str) -> str:
    title = _title.search(tag)
    said = escape(unescape(title[1])) if title and title[1] else escape(_("Spoiler"))
    return Markup('<details class="spoiler"><summary>{}</summary>').format(said)


def _is_spoiler(params: str, markup: str) -> bool:
    return params.strip().partition(" ")[0] == "spoiler"


def _block(renderer: RendererHTML, tokens: list[Token], index: int, options: object, env: object) -> str:
    token = tokens[index]
    if token.nesting < 0:
        return "</x-hidden>\n"
    title = " ".join(token.info.split()[1:])[:LONGEST_TITLE]
    return f'<x-hidden title="{escape(title)}">\n' if title else "<x-hidden>\n"


def _lines(state: StateCore) -> None:
    for token in state.tokens:
        if token.type == "inline" and token.children and "||" in token.content:
            token.children = _flat(_paired(_split(_without_strokes(token.children))))


def _without_strokes(children: list[Token]) -> list[Token]:
    """An address found in the text ends where the strokes of a spoiler stand."""
    made: list[Token] = []
    rest = ""
    for child in children:
        inside = bool(made) and made[-1].type == "link_open" and made[-1].markup == "linkify"
        if inside and child.type == "text" and "||" in child.content:
            shown, strokes, after = child.content.partition("||")
            made[-1].attrs["href"] = str(made[-1].attrs["href"]).partition("%7C%7C")[0]
            child.content, rest = shown, strokes + after
        made.append(child)
        if rest and child.type == "link_close":
            made.append(_text(child, rest))
            rest = ""
    return made


def _split(children: list[Token]) -> list[Token]:
    """The same tokens, with each pair of strokes that may begin or end a spoiler in one of its own."""
    pieces: list[Token] = []
    for child in children:
        if child.type != "text" or "||" not in child.content:
            pieces.append(child)
            continue
        at = 0
        for run in _run.finditer(child.content):
            if len(run[0]) != 2:
                continue
            pieces += [_text(child, child.content[at : run.start()]), _text(child, "||", "strokes")]
            at = run.end()
        pieces.append(_text(child, child.content[at:]))
    return [piece for piece in pieces if piece.type != "text" or piece.content]


def _text(like: Token, content: str, kind: str = "text") -> Token:
    made = Token(kind, "", 0, level=like.level)
    made.content = content
    return made


def _paired(pieces: list[Token]) -> list[Token]:
    """Strokes become spoilers where two stand in the same element; in a link they stay strokes, like those that stand alone."""
    waiting: list[int | None] = [None]
    for at, piece in enumerate(pieces):
        if piece.nesting > 0:
            waiting.append(-1 if piece.type == "link_open" or waiting[-1] == -1 else None)
        elif piece.nesting < 0 and len(waiting) > 1:
            waiting.pop()
        elif piece.type == "strokes" and waiting[-1] != -1:
            begun = waiting[-1]
            if begun is not None and at > begun + 1 and _closes(pieces, at):
                pieces[begun], pieces[at] = Token("x_open", "x-spoiler", 1), Token("x_close", "x-spoiler", -1)
                waiting[-1] = None
            elif _opens(pieces, at):
                waiting[-1] = at
    for at, piece in enumerate(pieces):
        if piece.type == "strokes":
            pieces[at] = _text(piece, "||")
    return pieces


def _flat(pieces: list[Token]) -> list[Token]:
    """A spoiler within a spoiler says nothing more: only the outer one stays."""
    kept: list[Token] = []
    deep = 0
    for piece in pieces:
        deep -= piece.type == "x_close"
        if not (piece.tag == "x-spoiler" and deep):
            kept.append(piece)
        deep += piece.type == "x_open"
    return kept


def _opens(pieces: list[Token], at: int) -> bool:
    """Words follow, and none runs into it from before."""
    before, after = pieces[at - 1 : at], pieces[at + 1 : at + 2]
    follows = bool(after) and after[0].type not in _breaks and not after[0].content[:1].isspace()
    return follows and not (before and before[0].type == "text" and _letter.match(before[0].content[-1:]))


def _closes(pieces: list[Token], at: int) -> bool:
    before, after = pieces[at - 1 : at], pieces[at + 1 : at + 2]
    ends = bool(before) and before[0].type not in _breaks and not before[0].content[-1:].isspace()
    return ends and not (after and after[0].type == "text" and _letter.match(after[0].content[:1]))
