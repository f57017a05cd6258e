"""A real WordPress over MariaDB on loopback, from Debian's packages, for tests.

    with local_wordpress() as site:
        site.address, site.people["guild"].password

Everything lies in one temporary folder and ends by its process id.
"""

from __future__ import annotations

import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2

HERE = Path(__file__).parent
SOURCE = Path("/usr/share/wordpress")
DEBIAN = {
    "wordpress": SOURCE / "wp-load.php",
    "wordpress-theme-twentytwentythree": Path("/usr/share/wordpress/wp-content/themes/twentytwentythree"),
    "mariadb-server": Path("/usr/sbin/mariadbd"),
    "php-cli": Path("/usr/bin/php"),
    "php-mysql": Path("/usr/share/php8.2-mysql"),
    "php-gd": Path("/usr/share/php8.2-gd"),
    "php-xml": Path("/usr/share/php8.2-xml"),
    "php-mbstring": Path("/usr/share/php8.2-mbstring"),
    "php-curl": Path("/usr/share/php8.2-curl"),
}
STARTING = 120.0
CONFIG = """<?php
define( 'DB_NAME', 'wordpress' );
define( 'DB_USER', 'stoa' );
define( 'DB_PASSWORD', '%(password)s' );
define( 'DB_HOST', 'localhost:%(socket)s' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
define( 'WP_HOME', '%(address)s' );
define( 'WP_SITEURL', '%(address)s' );
define( 'WP_ENVIRONMENT_TYPE', 'local' ); /* application passwords over http */
define( 'DISABLE_WP_CRON', true );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'AUTH_KEY', '%(password)s' );
define( 'WP_CONTENT_DIR', __DIR__ . '/wp-content' );
$table_prefix = 'wp_';
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'wp-settings.php';
"""


@dataclass(frozen=True)
class LocalPerson:
    id: int
    name: str
    password: str


@dataclass(frozen=True)
class LocalWordPress:
    """A running site. `people` have the roles administrator (guild), author (avery) and contributor (casey)."""

    address: str
    people: Mapping[str, LocalPerson]

    def answers(self, name: str = "guild") -> dict[str, str]:
        """What the connect form asks of this person."""
        return {"site": self.address, "user": name, "token": self.people[name].password}

    def empty(self) -> None:
        """Takes every post away."""
        pair, url = ("guild", self.people["guild"].password), f"{self.address}/wp-json/wp/v2/posts"
        asked = {"status": "any", "per_page": 100, "_fields": "id"}
        for each in httpx2.get(url, params=asked, auth=pair, timeout=60).json():
            httpx2.delete(f"{url}/{each['id']}?force=true", auth=pair, timeout=60)

    def count(self) -> int:
        """How many posts a stranger sees."""
        return int(httpx2.get(f"{self.address}/wp-json/wp/v2/posts", timeout=60).headers["x-wp-total"])

    def overhear(self, id: str, text: str) -> str:
        """A guest writes into the comment form of the site."""
        form = {
            "comment_post_ID": id,
            "author": "Rosa",
            "email": "rosa@example.org",
            "comment": text,
            "comment_parent": "0",
        }
        done = httpx2.post(f"{self.address}/wp-comments-post.php", data=form, timeout=60, follow_redirects=False)
        return "c" + done.headers["location"].partition("#comment-")[2]


def missing_packages() -> list[str]:
    return [name for name, path in DEBIAN.items() if not path.exists()]


def install_missing_packages() -> None:
    """Installs them without starting their services (root only)."""
    if not (names := missing_packages()):
        return
    policy = Path("/usr/sbin/policy-rc.d")
    held = not policy.exists()
    if held:
        policy.write_text("#!/bin/sh\nexit 101\n")
        policy.chmod(0o755)
    try:
        quiet: dict[str, Any] = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, "capture_output": True}
        subprocess.run(["apt-get", "update", "-qq"], check=True, **quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *names], check=True, **quiet)
        if "wordpress" in names and shutil.which("systemctl"):
            subprocess.run(["systemctl", "disable", "mariadb", "apache2"], check=False, **quiet)
    finally:
        if held:
            policy.unlink()


@contextmanager
def local_wordpress(*, pretty: bool = True) -> Iterator[LocalWordPress]:
    """Starts MariaDB and WordPress. `pretty`: with rewriting, else its interface is reached by `?rest_route=` alone."""
    if missing := missing_packages():
        raise RuntimeError(f"A local WordPress needs the Debian packages {', '.join(missing)}.")
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="stoa-wordpress-"))
        folder.chmod(0o755)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        password = secrets.token_hex(16)
        database = stack.enter_context(_mariadb(folder / "mariadb", password))
        yield stack.enter_context(_site(folder / "site", database, password, pretty=pretty))


@contextmanager
def _mariadb(folder: Path, password: str) -> Iterator[Path]:
    """As the person mysql where we are root, for it does not start as root; spoken to over its socket alone."""
    folder.mkdir()
    data, door = folder / "data", folder / "door"
    person: dict[str, Any] = {}
    if os.getuid() == 0:
        entry = pwd.getpwnam("mysql")
        os.chown(folder, entry.pw_uid, entry.pw_gid)
        person = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    options = ["--no-defaults", f"--datadir={data}"]
    make = ["/usr/bin/mariadb-install-db", *options, "--auth-root-authentication-method=normal", "--skip-test-db"]
    subprocess.run(make, check=True, capture_output=True, cwd=folder, **person)
    command = ["/usr/sbin/mariadbd", *options, f"--socket={door}", "--skip-networking", f"--pid-file={folder}/pid"]
    command += ["--innodb-flush-log-at-trx-commit=0", "--innodb-buffer-pool-size=32M", "--skip-log-bin"]
    with _child(command, folder / "log", signal.SIGTERM, cwd=folder, **person):
        said = f"CREATE DATABASE wordpress; CREATE USER stoa IDENTIFIED BY '{password}'; "
        said += f"CREATE USER stoa@localhost IDENTIFIED BY '{password}'; GRANT ALL ON wordpress.* TO stoa@localhost;"
        ask = ["/usr/bin/mariadb", "--no-defaults", f"--socket={door}", "-u", "root", "-e", said]
        _until(lambda: door.exists(), folder / "log")
        subprocess.run(ask, check=True, capture_output=True)
        yield door


@contextmanager
def _site(folder: Path, database: Path, password: str, *, pretty: bool) -> Iterator[LocalWordPress]:
    """php -S with one process, so that none is left behind; files are copied, because PHP looks behind links."""
    shutil.copytree(SOURCE, folder, ignore_dangling_symlinks=True)
    uploads = folder / "wp-content" / "uploads"
    shutil.rmtree(uploads, ignore_errors=True)
    uploads.mkdir(parents=True)
    own = folder / "wp-content" / "mu-plugins"
    own.mkdir(exist_ok=True)
    (own / "patient.php").write_text("<?php add_filter( 'wp_is_comment_flood', '__return_false', 99 );")
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    known = {"password": password, "socket": str(database), "address": address}
    (folder / "wp-config.php").write_text(CONFIG % known)
    php = ["/usr/bin/php", "-d", "error_reporting=0"]
    form = "/%postname%/" if pretty else ""
    made = subprocess.run(
        [*php, str(HERE / "install.php"), str(folder), form], check=True, capture_output=True, text=True
    )
    told = json.loads(made.stdout[made.stdout.index("{") :])
    people = {name: LocalPerson(each["id"], name, each["password"]) for name, each in told.items()}
    command = [*php, "-S", f"127.0.0.1:{port}", "-t", str(folder), *([str(HERE / "router.php")] if pretty else [])]
    environment = {name: value for name, value in os.environ.items() if name != "PHP_CLI_SERVER_WORKERS"}
    with _child(command, folder / "log", signal.SIGTERM, cwd=folder, env=environment):
        _until(lambda: _answers(port), folder / "log")
        yield LocalWordPress(address, people)


@contextmanager
def _child(command: list[str], log: Path, end_by: signal.Signals, **how: Any) -> Iterator[None]:
    with log.open("wb") as file:
        child = subprocess.Popen(command, stdout=file, stderr=subprocess.STDOUT, **how)
        try:
            yield
        finally:
            child.send_signal(end_by)
            try:
                child.wait(timeout=20)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def _until(question: Any, log: Path) -> None:
    end = time.monotonic() + STARTING
    while time.monotonic() < end:
        if question():
            return
        time.sleep(0.1)
    raise TimeoutError(log.read_text(errors="replace")[-2000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
