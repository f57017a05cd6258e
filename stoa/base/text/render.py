"""Markdown to HTML that is safe to store: markdown-it without raw HTML, then nh3, always."""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.tasklists import tasklists_plugin

from stoa.base import ids
from stoa.base.text import cards, code, spoilers
from stoa.base.text.source import GROUP, PERSON

VERSION = 3  # raised whenever the same source gives other HTML; older rows are rendered again by the worker (`again`)
QUOTE = re.compile(rf"\[quote:([{ids.ALPHABET}]{{{ids.LENGTH}}}):(\d{{1,6}})-(\d{{1,6}})\]")
OUR_PICTURE = re.compile(rf"/files/[{ids.ALPHABET}]{{{ids.LENGTH}}}(\?size=thumb)?")
DEEPEST_HEADING = 6
HEADING_STEP = 2  # the page's own headings stand above: a writer's first level is the page's third

BLOCKS = {"p", "ul", "ol", "li", "blockquote", "h3", "h4", "h5", "h6", "table", "td", "th"}
TAGS = BLOCKS | {
    "a", "br", "code", "em", "hr", "img", "input", "pre", "s", "span", "strong", "tbody", "thead", "tr", "x-card", "x-group", "x-person",
    "x-quote", *spoilers.TAGS,
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"}, "img": {"src", "alt", "title"}, "input": {"checked", "disabled"}, "ol": {"start"},
    "x-group": {"id"}, "x-hidden": {"title"}, "x-person": {"id"}, "x-quote": {"id", "start", "end"},
}  # fmt: skip
VALUES = {
    "td": {"align": {"center", "right"}},
    "th": {"align": {"center", "right"}},
    "ul": {"class": {"contains-task-list"}},
    "li": {"class": {"task-list-item"}},
    "span": {"class": code.CLASSES},
}
# One each at most: the cleaner writes several in no fixed order, and the same source must give the same bytes.
FIXED = {tag: {"dir": "auto"} for tag in BLOCKS} | {
    "input": {"type": "checkbox"},
    "img": {"loading": "lazy"},
    "pre": {"tabindex": "0"},
}


def rendered(source: str) -> str:
    """Clean HTML of a normalised source. Mentions and quotes are placeholders, filled in by `show`."""
    dirty = _markdown().render(f"{source}\n")
    return nh3.clean(
        dirty,
        tags=TAGS,
        attributes=ATTRIBUTES,
        tag_attribute_values=VALUES,
        set_tag_attribute_values=FIXED,
        url_schemes={"http", "https", "mailto"},
        link_rel="nofollow ugc noopener",
    ).strip()


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": True, "breaks": True, "maxNesting": 20})
    made.enable(["table", "strikethrough", "linkify"])
    if made.linkify is not None:
        made.linkify.set({"fuzzy_email": False, "fuzzy_ip": False})
    made.use(tasklists_plugin)
    made.inline.ruler.before("link", "person", _person)
    spoilers.teach(made)
    made.core.ruler.after("inline", "quotes", _quotes)
    made.core.ruler.push("house", _house)
    made.core.ruler.push("cards", cards.mark)
    made.add_render_rule("image", _image)
    made.add_render_rule("fence", code.fence)
    made.add_render_rule("person", _person_tag)
    made.add_render_rule("group", _group_tag)
    return made


def _person(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or state.linkLevel:
        return False
    match, kind = PERSON.match(state.src, state.pos), "person"
    if match is None:
        match, kind = GROUP.match(state.src, state.pos), "group"
    if match is None:
        return False
    if not silent:
        state.push(kind, "", 0).content = match[1]
    state.pos = match.end()
    return True


def _person_tag(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    return f'<x-person id="{tokens[index].content}"></x-person>'


def _group_tag(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    return f'<x-group id="{tokens[index].content}"></x-group>'


def _quotes(state: StateCore) -> None:
    """`> [quote:ID:from-to]`: only as the whole of a paragraph inside a block quote."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline" or index < 2 or state.tokens[index - 2].type != "blockquote_open":
            continue
        if match := QUOTE.fullmatch(token.content):
            quote = Token("html_inline", "", 0)
            quote.content = f'<x-quote id="{match[1]}" start="{int(match[2])}" end="{int(match[3])}"></x-quote>'
            token.children = [quote]


def _house(state: StateCore) -> None:
    """Headings step down below the page's own; a column's alignment becomes an attribute (no inline styles here)."""
    for token in state.tokens:
        if token.tag[:1] == "h" and token.tag[1:].isdigit():
            token.tag = f"h{min(int(token.tag[1:]) + HEADING_STEP, DEEPEST_HEADING)}"
        elif token.tag in ("td", "th") and "style" in token.attrs:
            token.attrs = {"align": str(token.attrs["style"]).removeprefix("text-align:")}


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """A picture only of our own files; any other becomes a link, so that reading a page calls nobody else."""
    token = tokens[index]
    if OUR_PICTURE.fullmatch(str(token.attrs.get("src", ""))):
        return str(renderer.image(tokens, index, options, env))
    link = Token("link_open", "a", 1, attrs={"href": token.attrs.get("src", "")})
    words = renderer.renderInlineAsText(token.children or [], options, env) or str(token.attrs.get("src", ""))
    return renderer.renderToken([link], 0, options, env) + _escaped(words) + "</a>"


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
