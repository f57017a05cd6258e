"""The tree that the laws read: its Python files, parsed once, and its templates."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SKIPPED = {"migrations", "__pycache__", "node_modules", "build", "data", "var", ".venv"}


@dataclass(frozen=True)
class Source:
    """One Python file: `path` as people write it (from the root), its text and its syntax tree."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def is_test(self) -> bool:
        parts = self.path.split("/")
        return parts[0] == "tests" or "tests" in parts or parts[-1] == "conftest.py"

    @property
    def lines(self) -> int:
        return self.text.count("\n")


def files(root: Path, *endings: str, under: tuple[str, ...] = ("stoa",)) -> Iterator[Path]:
    """All files with one of these endings below these folders of the root, in order."""
    for folder in under:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in endings and path.is_file() and not SKIPPED & set(path.relative_to(root).parts):
                yield path


def sources(root: Path, *, tests: bool = False, under: tuple[str, ...] = ("stoa",)) -> list[Source]:
    """The Python files of the house, without migrations, and without tests unless asked for."""
    found = [Source(path.relative_to(root).as_posix(), path.read_text()) for path in files(root, ".py", under=under)]
    return [source for source in found if tests or not source.is_test]


def functions(source: Source) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def dotted(node: ast.AST) -> str:
    """`a.b.c` of an attribute chain; an empty string for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        before = dotted(node.value)
        return f"{before}.{node.attr}" if before else ""
    return ""


def imported(source: Source) -> Iterator[tuple[int, str]]:
    """(line, dotted name) of everything imported: `from a import b` gives `a.b`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)
