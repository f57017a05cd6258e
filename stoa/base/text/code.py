"""Code in its colours: which word of a fenced block is what, as classes. Only for languages listed here, and only so much of it that it
cannot be slow; everything else stays as it was typed."""

from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

MOST_OF_A_BLOCK = 3_000  # characters
MOST_OF_A_TEXT = 9_000
MOST_BLANK_LINES = 20  # one after the other: several lexers look back over all of them
SPENT = "characters in colours"

# What people write after the three backticks → the lexer's name. Each is held to linear time in the tests.
LANGUAGES = {
    "bash": "bash", "sh": "bash", "shell": "bash", "console": "console",
    "c": "c", "cpp": "cpp", "c++": "cpp", "arduino": "arduino", "ino": "arduino", "csharp": "csharp", "cs": "csharp",
    "css": "css", "html": "html", "xml": "xml", "svg": "xml", "diff": "diff", "patch": "diff",
    "go": "go", "ini": "ini", "conf": "ini", "toml": "toml", "yaml": "yaml", "yml": "yaml", "json": "json",
    "java": "java", "kotlin": "kotlin", "javascript": "javascript", "js": "javascript", "typescript": "typescript", "ts": "typescript",
    "lua": "lua", "php": "php", "python": "python", "py": "python", "r": "r", "ruby": "ruby", "rb": "ruby", "rust": "rust", "rs": "rust",
    "sql": "sql", "swift": "swift",
}  # fmt: skip

# The kinds of words that are told apart, by the beginnings of the lexers' names for them; the first that fits.
KINDS = (
    ("Comment", "hl-note"), ("Keyword.Constant", "hl-value"), ("Keyword.Type", "hl-type"), ("Keyword", "hl-word"),
    ("Literal.String", "hl-text"), ("Literal.Number", "hl-value"), ("Literal", "hl-text"),
    ("Name.Class", "hl-type"), ("Name.Builtin", "hl-type"), ("Name.Exception", "hl-type"), ("Name.Decorator", "hl-name"),
    ("Name.Function", "hl-name"), ("Name.Tag", "hl-word"), ("Name.Attribute", "hl-name"), ("Operator.Word", "hl-word"),
    ("Generic.Deleted", "hl-gone"), ("Generic.Inserted", "hl-new"), ("Generic.Heading", "hl-note"), ("Generic.Subheading", "hl-note"),
)  # fmt: skip
CLASSES = {kind for _, kind in KINDS}


def fence(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: MutableMapping[str, Any]
) -> str:
    """A fenced block, in colours where its language is known and the text has not spent its share."""
    token = tokens[index]
    language = LANGUAGES.get(token.info.split(maxsplit=1)[0].lower()) if token.info.strip() else None
    spent = env.get(SPENT, 0) + len(token.content)
    if language is None or len(token.content) > MOST_OF_A_BLOCK or spent > MOST_OF_A_TEXT:
        return f"<pre><code>{escape(token.content)}</code></pre>\n"
    env[SPENT] = spent
    return f"<pre><code>{coloured(token.content, language)}</code></pre>\n"


def coloured(content: str, language: str) -> str:
    """The same characters, escaped, with the words that are told apart in `<span class>`."""
    from pygments.lexers import get_lexer_by_name

    if _has_a_gap(content):
        return escape(content)
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    found = list(lexer.get_tokens(content))
    if "".join(piece for _, piece in found) != content:  # what changes the text is not used
        return escape(content)
    said = groupby(found, lambda each: _class_of(str(each[0]).removeprefix("Token.")))
    return "".join(_span(kind, "".join(piece for _, piece in some)) for kind, some in said)


def _has_a_gap(content: str) -> bool:
    """Whether more lines than anybody leaves blank follow each other."""
    return any(
        sum(1 for _ in some) > MOST_BLANK_LINES
        for is_blank, some in groupby(content.split("\n"), lambda line: not line.strip())
        if is_blank
    )


@cache
def _class_of(kind: str) -> str:
    return next((each for begins, each in KINDS if kind == begins or kind.startswith(f"{begins}.")), "")


def _span(kind: str, piece: str) -> str:
    return f'<span class="{kind}">{escape(piece)}</span>' if kind and piece.strip() else escape(piece)
