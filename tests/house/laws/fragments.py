"""Every block that a view names as a fragment stands alone: it exists, and uses nothing that is set outside it."""

import ast
from collections.abc import Iterator
from pathlib import Path

from jinja2 import nodes

from tests.house.laws.templates import environment
from tests.house.laws.tree import dotted, files, sources

ASK = {"render": 1, "pages.render": 1, "block": 1, "pages.block": 1}


def named_fragments(root: Path) -> Iterator[tuple[str, int, str, str]]:
    """(path, line, template, block) of every fragment that a view names outright."""
    for source in sources(root):
        for node in ast.walk(source.tree):
            if not (isinstance(node, ast.Call) and dotted(node.func) in ASK):
                continue
            given = [argument.value for argument in node.args[1:3] if isinstance(argument, ast.Constant)]
            named = [
                word.value.value
                for word in node.keywords
                if word.arg == "fragment" and isinstance(word.value, ast.Constant)
            ]
            if dotted(node.func).endswith("block") and len(given) == 2:
                yield source.path, node.lineno, str(given[0]), str(given[1])
            elif given and named and named[0]:
                yield source.path, node.lineno, str(given[0]), str(named[0])


def find_template(root: Path, name: str) -> Path | None:
    return next(
        (path for path in files(root, Path(name).suffix) if path.as_posix().endswith(f"/templates/{name}")), None
    )


def find_block(root: Path, name: str, block: str) -> tuple[nodes.Template, nodes.Block] | None:
    """The block in the template or in what it extends, with the tree that it stands in."""
    path = find_template(root, name)
    if path is None:
        return None
    tree = environment().parse(path.read_text())
    for found in tree.find_all(nodes.Block):
        if found.name == block:
            return tree, found
    for parent in tree.find_all(nodes.Extends):
        if isinstance(parent.template, nodes.Const):
            return find_block(root, str(parent.template.value), block)
    return None


def stored(tree: nodes.Node) -> set[str]:
    """Names that the tree itself sets: assignments, loops, macros and their arguments."""
    names = {name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")}
    return names | {macro.name for macro in tree.find_all(nodes.Macro)}


def leaning_fragments(root: Path) -> list[str]:
    """Fragments that are missing, or that use a name set elsewhere in their template."""
    found = []
    for path, line, template, block in named_fragments(root):
        there = find_block(root, template, block)
        if there is None:
            found.append(f"{path}:{line}: {template} has no block {block}")
            continue
        tree, own = there
        used = {name.name for name in own.find_all(nodes.Name) if name.ctx == "load"}
        inside = stored(own)
        total = [name.name for name in tree.find_all(nodes.Name) if name.ctx in ("store", "param")]
        within = [name.name for name in own.find_all(nodes.Name) if name.ctx in ("store", "param")]
        outside = {name for name in total if total.count(name) > within.count(name)}
        outside |= {macro.name for macro in tree.find_all(nodes.Macro)} - {
            macro.name for macro in own.find_all(nodes.Macro)
        }
        found += [
            f"{path}:{line}: block {block} of {template} uses {name}, which is set outside it"
            for name in sorted((used & outside) - inside)
        ]
    return found
