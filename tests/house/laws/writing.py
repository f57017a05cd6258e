"""How code is written: sizes, names, docstrings, what may be imported where, the one clock, scoped reads."""

import ast
import re
from pathlib import Path
from typing import Any, TypeGuard

from tests.house import exceptions
from tests.house.laws.tree import Source, dotted, files, functions, imported, sources

LONGEST_FUNCTION, LONGEST_FILE = 40, 300
EVERYWHERE = ("stoa", "tests", "proofs")
EMPTY_NAMES = re.compile(r"(Manager|Helper|Utils?|Handler|Data|Info)s?$")
EMPTY_MODULES = {"utils", "util", "helpers", "helper", "managers", "handlers", "misc", "common"}
NETWORK_MODULES = (
    "httpx",
    "httpx2",
    "requests",
    "urllib.request",
    "urllib3",
    "socket",
    "http.client",
    "aiohttp",
    "smtplib",
)
SIGNALS = ("django.dispatch", "django.db.models.signals", "django.core.signals", "django.db.backends.signals", "allauth.account.signals",
           "django.contrib.auth.signals", "allauth.socialaccount.signals", "allauth.mfa.signals")  # fmt: skip
OTHER_CLOCKS = {"timezone.now", "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.localtime",
                "timezone.localdate", "datetime.datetime.now", "datetime.datetime.utcnow", "datetime.date.today"}  # fmt: skip
DOORS = ("views", "api", "today", "agenda", "nav", "plugs", "panels", "feeds")
RAW = {"raw", "extra", "cursor"}


def function_length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def oversized(root: Path) -> list[str]:
    """Functions over 40 lines, files (Python, JavaScript, CSS, templates) over 300, but for the listed exceptions."""
    found = []
    for source in sources(root, tests=True, under=EVERYWHERE):
        for node in functions(source):
            place = f"{source.path}:{node.name}"
            if function_length(node) > LONGEST_FUNCTION and place not in exceptions.LONG:
                found.append(f"{place} has {function_length(node)} lines: cut it where a second noun begins")
    for path in files(root, ".py", ".js", ".css", ".html", under=EVERYWHERE):
        name, lines = path.relative_to(root).as_posix(), path.read_text().count("\n")
        if lines > LONGEST_FILE and name not in exceptions.LONG:
            found.append(f"{name} has {lines} lines: cut it where a second noun begins")
    return found


def empty_names(root: Path) -> list[str]:
    """Classes and modules named for what they are made of and not for what they mean."""
    found = []
    for source in sources(root, tests=True, under=EVERYWHERE):
        if Path(source.path).stem in EMPTY_MODULES:
            found.append(f"{source.path}: name the file for its noun")
        for node in ast.walk(source.tree):
            if isinstance(node, ast.ClassDef) and EMPTY_NAMES.search(node.name):
                found.append(f"{source.path}:{node.lineno}: {node.name}: name the class for its noun")
    return found


def without_docstring(root: Path) -> list[str]:
    """Modules with code and no sentence that says what they are."""
    return [
        f"{source.path}: begin with a docstring"
        for source in sources(root, tests=True, under=EVERYWHERE)
        if source.tree.body and not ast.get_docstring(source.tree)
    ]


def _importing(root: Path, banned: tuple[str, ...], allowed: dict[str, str], why: str) -> list[str]:
    return [
        f"{source.path}:{line}: {name}: {why}"
        for source in sources(root)
        for line, name in imported(source)
        if any(name == module or name.startswith(f"{module}.") for module in banned)
        and not _listed(source.path, allowed)
    ]


def _listed(path: str, allowed: dict[str, str]) -> bool:
    return any(path == entry or (entry.endswith("/") and path.startswith(entry)) for entry in allowed)


def other_ways_out(root: Path) -> list[str]:
    return _importing(
        root, NETWORK_MODULES, exceptions.SPEAKS_TO_THE_NETWORK, "what leaves the house leaves through base.http"
    )


def signals(root: Path) -> list[str]:
    return _importing(root, SIGNALS, exceptions.SIGNALS, "no signals: announce a fact")


def other_clocks(root: Path) -> list[str]:
    """Instants taken anywhere but from base.clock."""
    return [
        f"{source.path}:{node.lineno}: {dotted(node.func)}(): ask base.clock"
        for source in sources(root)
        if source.path != "stoa/base/clock.py" and not _listed(source.path, exceptions.CLOCKS)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and dotted(node.func) in OTHER_CLOCKS
    ]


def reads_of_the_environment(root: Path) -> list[str]:
    return [
        f"{source.path}:{node.lineno}: only settings.py reads the environment"
        for source in sources(root)
        if source.path != "stoa/settings.py" and not _listed(source.path, exceptions.READS_THE_ENVIRONMENT)
        for node in ast.walk(source.tree)
        if (isinstance(node, ast.Attribute) and dotted(node) == "os.environ")
        or (isinstance(node, ast.Call) and dotted(node.func) == "os.getenv")
    ]


def raw_sql(root: Path) -> list[str]:
    """Raw SQL outside base: domain code is ORM only."""
    return [
        f"{source.path}:{node.lineno}: .{node.func.attr}(): SQL of our own lives in base"
        for source in sources(root)
        if not source.path.startswith("stoa/base/") and not _listed(source.path, exceptions.RAW_SQL)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in RAW
    ]


def is_door(source: Source) -> bool:
    parts = Path(source.path).with_suffix("").parts
    return any(part in DOORS for part in parts) and source.path.startswith("stoa/")


def unscoped_reads(root: Path) -> list[str]:
    """In views and other doors, whatever follows `Model.objects` takes the actor: `.visible_to(actor)`, `.readable_by(request.actor)`."""
    found = []
    for source in sources(root):
        if not is_door(source) or source.path.startswith("stoa/base/") or _listed(source.path, exceptions.UNSCOPED):
            continue
        scoped = {id(call.func.value) for call in ast.walk(source.tree) if _takes_the_actor(call)}
        for node in ast.walk(source.tree):
            if (
                isinstance(node, ast.Attribute)
                and node.attr in ("objects", "_default_manager")
                and id(node) not in scoped
            ):
                found.append(f"{source.path}:{node.lineno}: {dotted(node)}: begin with .visible_to(actor)")
            if isinstance(node, ast.Name) and node.id in ("get_object_or_404", "get_list_or_404"):
                found.append(f"{source.path}:{node.lineno}: use find(Model.objects.visible_to(actor), …)")
    return found


def _takes_the_actor(call: ast.AST) -> TypeGuard[Any]:
    """Whether this is a call of a method whose first argument is the actor."""
    if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args):
        return False
    return dotted(call.args[0]).rsplit(".", 1)[-1] in ("actor", "to", "by")


def work_in_save(root: Path) -> list[str]:
    """Models that do something when saved or deleted, and flags for removing."""
    found = []
    for source in sources(root):
        if "/models" not in source.path or _listed(source.path, exceptions.SAVES):
            continue
        for node in ast.walk(source.tree):
            if isinstance(node, ast.FunctionDef) and node.name in ("save", "delete"):
                found.append(f"{source.path}:{node.lineno}: no work in {node.name}(): write an action")
            if isinstance(node, ast.Name) and node.id == "is_deleted":
                found.append(f"{source.path}:{node.lineno}: withdrawn, hidden, removed or erased, never is_deleted")
            if isinstance(node, ast.Name) and node.id == "GenericForeignKey":
                found.append(f"{source.path}:{node.lineno}: the generic reference is base.things")
    return found
