"""Outside a network's own folder no code names a network: no literal, no identifier equal to a registry key."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.house.laws.imports import connector_keys
from tests.house.laws.tree import files, sources

MAY_NAME = ("stoa/settings.py", "stoa/urls.py", "stoa/rooms.py", "stoa/social/networks/registry.py")


def names_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, word) of every string and identifier."""
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 1)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield line, node.value
        for field in ("id", "attr", "arg", "name", "asname"):
            word = getattr(node, field, None)
            if isinstance(word, str):
                yield line, word.rsplit(".", 1)[-1]


def named_networks(root: Path) -> list[str]:
    """Places in Python, templates and scripts that name a network."""
    keys = connector_keys(root)
    found = []
    for source in sources(root):
        foreign = [key for key in keys if not source.path.startswith(f"stoa/social/networks/{key}/")]
        if source.path in MAY_NAME:
            continue
        found += [
            f"{source.path}:{line}: {word}: no code names a network"
            for line, word in names_in(source.tree)
            if word in foreign
        ]
    for path in files(root, ".html", ".js", ".txt", ".xml"):
        name = path.relative_to(root).as_posix()
        foreign = [key for key in keys if not name.startswith(f"stoa/social/networks/{key}/")]
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found += [
                f"{name}:{number}: {key}: no code names a network"
                for key in foreign
                if re.search(rf"[\"']{key}[\"']", line)
            ]
    return found
