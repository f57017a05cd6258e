"""Who may import whom, as import-linter contracts built from the order of the rooms and from what exists."""

import contextlib
import io
import os
import tempfile
from pathlib import Path

import grimp
from importlinter import cli

INSIDE = (
    ("urls",),
    ("plugs", "nav", "today", "agenda", "demo"),
    ("views", "api", "tasks", "subscribers"),
    ("forms",),
    ("actions",),
    ("policy",),
    ("models",),
    ("facts",),
)
OUTSIDE = (
    "urls",
    "rooms",
    "settings",
    "wsgi",
    "asgi",
    "tests",
    "templates",
    "locale",
    "static",
    "demo_guild",
)
CONNECTORS_MAY = (
    "at_home",
    "protocol",
    "calling",
    "containers",
    "trouble",
    "counting",
    "given",
    "limits",
    "messages",
    "graph",
    "graph_signing",
    "handing",
    "markup",
    "multipart",
    "nearby",
    "waits",
    "oauth",
    "opening",
    "paragraphs",
    "titles",
    "weighted",
    "weighted_once",
)


def contracts(root: Path, package: str = "stoa") -> str:
    """The text of an import-linter file for the house below `root`."""
    house = root / package
    parts = [f"[importlinter]\nroot_package = {package}\n", _order(package)]
    parts += [_inside(package, folder) for folder in _rooms(house)]
    parts += [_wing(package, wing, layers) for wing, layers in _wings(house).items()]
    parts += _outside(package, house)
    keys = connector_keys(root, package)
    if len(keys) > 1:
        listed = "".join(f"\n    {package}.social.networks.{key}" for key in keys)
        parts.append(
            "[importlinter:contract:connectors]\nname = Connectors do not know each other\n"
            f"type = independence\nmodules ={listed}\n"
        )
    return "\n".join(parts)


def _order(package: str) -> str:
    floors = (
        "(front)",
        "(steer)",
        "(measure)",
        "(bridge)",
        "(community) | (social)",
        "(moderation)",
        "(spaces)",
        "(people)",
    )
    layers = "".join(f"\n    {floor}" for floor in (*floors, "(base)"))
    ignored = "".join(f"\n    {name}" for name in OUTSIDE)
    return (
        "[importlinter:contract:order]\nname = A room knows only the rooms below it\ntype = layers\n"
        f"containers =\n    {package}\nlayers ={layers}\nexhaustive = true\nexhaustive_ignores ={ignored}\n"
    )


def _wings(house: Path) -> dict[str, tuple[str, ...]]:
    wings = {
        "community": ("(gather) | (collaborate)", "(talk)"),
        "social": ("(listen)", "(publish)", "(library)", "(networks)"),
    }
    return {wing: layers for wing, layers in wings.items() if (house / wing / "__init__.py").exists()}


def _wing(package: str, wing: str, layers: tuple[str, ...]) -> str:
    listed = "".join(f"\n    {layer}" for layer in layers)
    return (
        f"[importlinter:contract:{wing}]\nname = The order inside the {wing} wing\ntype = layers\n"
        f"containers =\n    {package}.{wing}\nlayers ={listed}\nexhaustive = true\n"
    )


def _rooms(house: Path) -> list[str]:
    """The folders of all rooms that exist, but base, which has no such doors."""
    folders = [path.parent for path in sorted(house.glob("*/apps.py")) + sorted(house.glob("*/*/apps.py"))]
    return [folder.relative_to(house).as_posix() for folder in folders if folder.name not in ("base", "home")]


def _inside(package: str, folder: str) -> str:
    room = folder.replace("/", ".")
    layers = "".join("\n    " + " : ".join(f"({name})" for name in layer) for layer in INSIDE)
    return (
        f"[importlinter:contract:inside-{room}]\nname = Doors over foundations in {room}\ntype = layers\n"
        f"containers =\n    {package}.{room}\nlayers ={layers}\n"
    )


def _outside(package: str, house: Path) -> list[str]:
    """What stands beside the rooms (settings, servers) imports neither front nor measure; only urls.py may."""
    beside = [path.stem for path in sorted(house.glob("*.py")) if path.stem not in ("__init__", "urls")]
    above = [room for room in ("front", "measure") if (house / room / "__init__.py").exists()]
    if not beside or not above:
        return []
    listed = "".join(f"\n    {package}.{name}" for name in beside)
    forbidden = "".join(f"\n    {package}.{room}" for room in above)
    return [
        "[importlinter:contract:beside]\nname = Nobody but urls.py imports the front from outside\ntype = forbidden\n"
        f"source_modules ={listed}\nforbidden_modules ={forbidden}\nallow_indirect_imports = true\n"
    ]


def connector_keys(root: Path, package: str = "stoa") -> list[str]:
    """The registry's keys: the folders below networks/ that hold a connector."""
    networks = root / package / "social" / "networks"
    return sorted(path.parent.name for path in networks.glob("*/connector.py"))


def broken_contracts(root: Path, package: str = "stoa") -> str:
    """What import-linter says of the house; an empty string when all contracts are kept. `package` must be importable."""
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "contracts.ini"
        config.write_text(contracts(root, package))
        said = io.StringIO()
        wide = os.environ.get("COLUMNS")
        os.environ["COLUMNS"] = "200"
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            code = cli.lint_imports(config_filename=str(config), no_cache=True, no_logo=True)
        os.environ.pop("COLUMNS") if wide is None else os.environ.update(COLUMNS=wide)
    return said.getvalue() if code else ""


def connectors_that_know_too_much(root: Path, package: str = "stoa") -> list[str]:
    """Connectors import, directly or not, neither Django nor anything of ours but what networks/ offers to their authors."""
    graph = grimp.build_graph(package, include_external_packages=True, cache_dir=None)
    networks = f"{package}.social.networks"
    allowed = tuple(f"{networks}.{name}" for name in CONNECTORS_MAY)
    found = []
    for key in connector_keys(root, package):
        own = f"{networks}.{key}"
        for module in sorted(graph.modules):
            if not (module == own or module.startswith(f"{own}.")) or _is_home_or_test(module, own):
                continue
            for known in sorted(graph.find_upstream_modules(module)):
                ours = known == package or known.startswith(f"{package}.")
                fine = known in (networks, own, *allowed) or known.startswith(f"{own}.")
                if known == "django" or (ours and not fine):
                    found.append(f"{module}: a connector may not know {known}")
    return found


def _is_home_or_test(module: str, own: str) -> bool:
    inner = module.removeprefix(own).strip(".").split(".")
    return inner[0] in ("home", "tests")


def homes_that_know_too_much(root: Path, package: str = "stoa") -> list[str]:
    """A network that lives in this house has a `home/` that imports only base (the newsletter also people; its `demo.py` the
    demo's plain values), and that only urls.py imports."""
    graph = grimp.build_graph(package, include_external_packages=False, cache_dir=None)
    found = []
    for key in connector_keys(root, package):
        home = f"{package}.social.networks.{key}.home"
        may = (f"{package}.base", f"{package}.rooms", home) + ((f"{package}.people",) if key == "newsletter" else ())
        for module in sorted(graph.modules):
            inside = _within(module, (home,))
            for known in sorted(graph.find_modules_directly_imported_by(module)):
                fills = module == f"{home}.demo" and _within(known, (f"{package}.demo_guild",))
                if inside and not fills and not _within(known, may) and ".tests" not in module:
                    found.append(f"{module}: the home of a network may not know {known}")
                if not inside and _within(known, (home,)) and module != f"{package}.urls" and ".tests" not in module:
                    found.append(f"{module}: only urls.py may import {known}")
    return found


def _within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def arrows_and_cycles(package: str = "stoa") -> tuple[set[tuple[str, str]], int]:
    """The arrows between rooms that exist (importer, imported), and how many pairs of rooms import each other."""
    graph = grimp.build_graph(package, include_external_packages=False, cache_dir=None)
    arrows = set()
    for module in graph.modules:
        for known in graph.find_modules_directly_imported_by(module):
            pair = (_room(module, package), _room(known, package))
            if all(pair) and pair[0] != pair[1]:
                arrows.add(pair)
    return arrows, sum((b, a) in arrows for a, b in arrows) // 2


def _room(module: str, package: str) -> str:
    parts = module.removeprefix(f"{package}.").split(".")
    if parts[0] in ("community", "social"):
        return parts[1] if len(parts) > 1 else ""
    return parts[0] if parts[0] not in OUTSIDE and parts[0] != package else ""
