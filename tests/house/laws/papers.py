"""What must be documented: settings, sockets, panels' places, facts, metrics, connectors. Pages are generated and compared."""

import ast
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import TypeGuard, get_type_hints

from stoa.base.facts import Fact
from stoa.base.options import all_options
from tests.house import exceptions
from tests.house.laws.imports import connector_keys
from tests.house.laws.templates import environment, templates
from tests.house.laws.tree import dotted, sources


def settings_read(text: str) -> list[tuple[str, str, str]]:
    """(name, default as written, sentence) of every setting that settings.py reads; the sentence is the comment above it."""
    found: dict[str, tuple[str, str, str]] = {}
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if (
            isinstance(node, ast.Call)
            and dotted(node.func) == "env"
            and node.args
            and isinstance(node.args[0], ast.Constant)
        ):
            above: list[str] = []
            number = node.lineno - 2
            while number >= 0 and lines[number].lstrip().startswith("#"):
                above.insert(0, lines[number].lstrip("# "))
                number -= 1
            default = ast.unparse(node.args[1]) if len(node.args) > 1 else '""'
            found[str(node.args[0].value)] = (str(node.args[0].value), default, " ".join(above))
    return sorted(found.values())


def silent_settings(root: Path) -> list[str]:
    return [
        f"stoa/settings.py: {name} has no sentence: write a comment above it"
        for name, _, sentence in settings_read((root / "stoa" / "settings.py").read_text())
        if not sentence
    ]


def settings_page(root: Path) -> str:
    rows = [
        f"| `{name}` | {sentence} | `{default}` |"
        for name, default, sentence in settings_read((root / "stoa" / "settings.py").read_text())
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Everything works with none of these set. They are read from the environment, once, by `stoa/settings.py`; what can be",
            "changed while Stoa runs stands at the desk under *Settings*, and each change is a fact.",
            "",
            "| name | what it does | when not set |",
            "|---|---|---|",
            *rows,
            "",
            "## At the desk",
            "",
            "| option | what it does | from the start |",
            "|---|---|---|",
            *(f"| `{each.key}` | {each.sentence} | `{each.default!r}` |" for each in all_options()),
            "",
        ]
    )


def facts_page(facts: Mapping[str, type[Fact]]) -> str:
    written = [
        "# Facts",
        "",
        "What rooms announce. A fact holds ids, enums, numbers and instants; names are never used again, fields are only added.",
    ]
    room = ""
    for name, kind in sorted(facts.items()):
        if name.split(".")[0] != room:
            room = name.split(".")[0]
            written += ["", f"## {room}", "", "| fact | says | fields |", "|---|---|---|"]
        hints = get_type_hints(kind)
        listed = ", ".join(f"`{field.name}: {_typed(hints[field.name])}`" for field in fields(kind))
        written.append(f"| `{name}` {kind.version} | {_sentence(kind)} | {listed} |")
    return "\n".join([*written, ""])


def _sentence(kind: type) -> str:
    """The docstring's first paragraph; without one, the name's own words: `SpaceMade` says *space made*."""
    said = (kind.__doc__ or "").strip().split("\n\n")[0]
    if said and not said.startswith(f"{kind.__name__}("):
        return " ".join(said.split())
    return re.sub(r"(?<!^)(?=[A-Z])", " ", kind.__name__).lower()


def _typed(hint: object) -> str:
    text = hint.__name__ if isinstance(hint, type) and "[" not in str(hint) else str(hint)
    return re.sub(r"\b[a-z_]+(\.[a-z_]+)*\.(?=[A-Za-z])", "", text).replace("|", "or").replace("NoneType", "None")


def registries(root: Path) -> list[tuple[str, str]]:
    """(module below stoa, name) of every private registry at module level: a socket, unless it is listed as something else."""
    found = []
    for source in sources(root):
        module = source.path.removeprefix("stoa/").removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        found += [(module, ast.unparse(node.target)) for node in source.tree.body if _is_registry(node)]
    return found


def _is_registry(node: ast.stmt) -> TypeGuard[ast.AnnAssign]:
    if not (isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.target.id.startswith("_")):
        return False
    return isinstance(node.value, ast.Dict | ast.List) and not ast.unparse(node.value).strip("{}[]")


def unlisted_sockets(root: Path) -> list[str]:
    """Sockets that ARCHITECTURE.md does not name (as `base.things`)."""
    paper = (root / "ARCHITECTURE.md").read_text()
    return [
        f"{module}: its registry {name} is a socket: list `{module}` in ARCHITECTURE.md"
        for module, name in registries(root)
        if f"{module}:{name}" not in exceptions.NOT_SOCKETS
        and not any(f"`{part}`" in paper or f"`{part}." in paper for part in _ancestry(module))
    ]


def _ancestry(module: str) -> list[str]:
    parts = module.split(".")
    return [".".join(parts[:length]) for length in range(2, len(parts) + 1)] or [module]


def places(root: Path) -> dict[str, str]:
    """Every place that a template offers to panels, and where it stands."""
    from jinja2 import nodes

    found = {}
    for name, path in templates(root):
        for call in environment().parse(path.read_text()).find_all(nodes.Call):
            if (
                isinstance(call.node, nodes.Name)
                and call.node.name == "panels"
                and isinstance(call.args[0], nodes.Const)
            ):
                found[str(call.args[0].value)] = f"{name}:{call.lineno}"
    return found


def unlisted_places(root: Path, plugged: list[str]) -> list[str]:
    """Places that ARCHITECTURE.md does not list, and panels at a place that no page offers."""
    paper, offered = (root / "ARCHITECTURE.md").read_text(), places(root)
    unlisted = [
        f"{where}: list the place `{place}` in ARCHITECTURE.md"
        for place, where in offered.items()
        if f"`{place}`" not in paper
    ]
    return unlisted + [
        f"a panel is plugged at {place}, which no page offers" for place in plugged if place not in offered
    ]


def unfurnished_connectors(root: Path) -> list[str]:
    """Connectors without the papers that each must have."""
    return [
        f"stoa/social/networks/{key}/{paper} is missing"
        for key in connector_keys(root)
        for paper in ("setup.md", "mark.svg", "connector.py")
        if not (root / "stoa" / "social" / "networks" / key / paper).exists()
    ]


def unexplained_dependencies(root: Path) -> list[str]:
    """Packages in requirements/*.in without their line in dependencies.md, and lines about packages that are gone."""
    wanted = set()
    for path in sorted((root / "requirements").glob("*.in")):
        for line in path.read_text().splitlines():
            if name := re.match(r"[a-z0-9][a-z0-9-]*", line.strip()):
                wanted.add(name.group())
    lines = [
        line
        for line in (root / "docs" / "decisions" / "dependencies.md").read_text().splitlines()
        if line.startswith("- ")
    ]
    told = {name for line in lines for name in re.findall(r"`([a-z0-9-]+)`", line.split(":")[0])}
    paper = "docs/decisions/dependencies.md"
    return [f"{paper}: say why {name} is there" for name in sorted(wanted - told)] + [
        f"{paper}: {name} is not there any more" for name in sorted(told - wanted)
    ]
