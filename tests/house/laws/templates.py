"""What templates may hold: no bare text, nothing inline, no imports in pages, includes that keep the order of the rooms."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

from jinja2 import Environment, nodes

from tests.house import exceptions
from tests.house.laws.order import FLOORS, may_know
from tests.house.laws.tree import files

SPOKEN = {"title", "placeholder", "aria-label", "alt", "aria-description", "aria-roledescription", "label"}
LETTERS = re.compile(r"[^\W\d_]")
SENTENCE = re.compile(r"^[A-Z][a-z]+([ .…!?]|$)")
SILENT = {"script", "style"}
WORDS = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
MESSAGES = {"ngettext": 2, "pgettext": 2, "npgettext": 3}
FILLED = "\ue000"


def environment() -> Environment:
    return Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], trim_blocks=True, lstrip_blocks=True)


def templates(root: Path) -> Iterator[tuple[str, Path]]:
    """(path from the root, file) of every Jinja template of the rooms."""
    for path in files(root, ".html", ".svg", ".txt", ".xml"):
        name = path.relative_to(root).as_posix()
        if "/templates/" in name and name not in exceptions.TEXTS:
            yield name, path


def outline(tree: nodes.Node) -> str:
    """The template's own text in document order, lines kept, every expression filled by one private sign."""
    written: list[str] = []
    line = 1
    for node in _in_order(tree):
        if node.lineno > line:
            written.append("\n" * (node.lineno - line))
            line = node.lineno
        text = node.data if isinstance(node, nodes.TemplateData) else FILLED
        written.append(text)
        line += text.count("\n")
    return "".join(written)


def _in_order(node: nodes.Node) -> Iterator[nodes.Expr]:
    for child in node.iter_child_nodes():
        if isinstance(node, nodes.Output) and isinstance(child, nodes.Expr):
            yield child
        elif isinstance(child, nodes.Stmt):
            yield from _in_order(child)


class Reading(HTMLParser):
    """Reads an outline as HTML and notes what may not stand there."""

    def __init__(self, path: str) -> None:
        super().__init__(convert_charrefs=True)
        self.path = path
        self.found: list[str] = []
        self.within: list[str] = []

    def note(self, what: str) -> None:
        self.found.append(f"{self.path}:{self.getpos()[0]}: {what}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "style" or (tag == "script" and "src" not in given and given.get("type") != "application/json"):
            self.note(f"an inline <{tag}> is refused by our own CSP")
        for name, value in given.items():
            if name == "style" or re.fullmatch(r"on[a-z]+", name):
                self.note(f"an inline {name}= is refused by our own CSP")
            if name in SPOKEN and is_bare(value):
                self.note(f"bare text in {name}=: {value.strip()[:40]!r}: write {{{{ _(…) }}}}")
        if tag in SILENT:
            self.within.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self.within and self.within[-1] == tag:
            self.within.pop()

    def handle_data(self, data: str) -> None:
        if not self.within and is_bare(data):
            self.note(f"bare text {' '.join(data.split())[:40]!r}: write {{{{ _(…) }}}}")


def is_bare(text: str) -> bool:
    """Whether a text has letters that are not on the short list of names."""
    words = re.findall(r"[^\W\d_]+", text.replace(FILLED, " "))
    return any(word not in exceptions.UNTRANSLATED for word in words)


def bare_or_inline(root: Path) -> list[str]:
    """Bare text, spoken attributes with bare text, and anything inline."""
    found: list[str] = []
    for name, path in templates(root):
        tree = environment().parse(path.read_text())
        text = outline(tree)
        if path.suffix == ".txt":
            found += [f"{name}: bare text: write {{{{ _(…) }}}}"] if is_bare(text) else []
            continue
        reading = Reading(name)
        reading.feed(text)
        reading.close()
        found += reading.found + [f"{name}:{line}: bare text {word!r}" for line, word in _bare_arguments(tree)]
    return found


def _bare_arguments(tree: nodes.Node) -> list[tuple[int, str]]:
    """Sentences in expressions outside `_()`: `ui.button("Save")`."""
    translated = {
        id(const)
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in WORDS
        for const in call.find_all(nodes.Const)
    }
    return [
        (const.lineno, const.value)
        for const in tree.find_all(nodes.Const)
        if isinstance(const.value, str) and SENTENCE.match(const.value) and id(const) not in translated
        and const.value not in exceptions.UNTRANSLATED
    ]  # fmt: skip


def phrases_of_others(root: Path) -> list[str]:
    """`_(role.name)`: what `_` gives stands in the page as it is, so what people typed would be read as HTML there."""
    return [
        f"{name}:{call.lineno}: {call.node.name}() of what is no literal: it is written unescaped; translate it in Python"
        for name, path in templates(root)
        for call in environment().parse(path.read_text()).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name)
        and call.node.name in WORDS
        and not all(isinstance(each, nodes.Const) for each in call.args[: MESSAGES.get(call.node.name, 1)])
    ]


def imports_in_pages(root: Path) -> list[str]:
    """`{% import %}` and `{% from %}`: a fragment does not see them; components are the global `ui`."""
    return [
        f"{name}:{node.lineno}: no import in a page: use ui"
        for name, path in templates(root)
        if "/templates/base/ui" not in name
        for node in environment().parse(path.read_text()).find_all((nodes.Import, nodes.FromImport))
    ]


def owner(path: str) -> str:
    """The room whose template this is: the folder before templates/."""
    return path.split("/templates/")[0].rsplit("/", 1)[-1]


def includes_out_of_order(root: Path) -> list[str]:
    """Includes, extends and static files of a room that the template's own room may not know."""
    found = []
    for name, path in templates(root):
        for line, other in named_templates(environment().parse(path.read_text())):
            room = other.split("/")[0]
            if room in FLOORS and not may_know(owner(name), room):
                found.append(f"{name}:{line}: {owner(name)} may not know {other}")
    return found


def named_templates(tree: nodes.Node) -> Iterator[tuple[int, str]]:
    """(line, name) of every template or static file that is named outright."""
    for node in (*tree.find_all(nodes.Include), *tree.find_all(nodes.Extends)):
        consts = [node.template] if isinstance(node.template, nodes.Const) else node.template.find_all(nodes.Const)
        yield from ((node.lineno, const.value) for const in consts if isinstance(const.value, str))
    for call in tree.find_all(nodes.Call):
        named = isinstance(call.node, nodes.Name) and call.node.name == "static" and call.args
        if named and isinstance(call.args[0], nodes.Const):
            yield call.lineno, str(call.args[0].value)
