"""A window whose every request is answered by the test, in its transaction, and which tells what ran in it, left it, or stands ready to."""

import mimetypes
from pathlib import Path
from urllib.parse import urlsplit

from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import Browser, Page, Route

from tests.access.world import still

ORIGIN = "http://localhost:8000"
STANDING = """() => [...document.querySelectorAll('*')].flatMap(each => [...each.attributes]
  .filter(a => /^on/i.test(a.name) || (/^(href|src|action|formaction|data|xlink:href)$/i.test(a.name)
    && /^[\\s\\u0000-\\u001f]*(javascript|vbscript|data:text)/i.test(a.value)))
  .map(a => `${each.tagName} ${a.name}=${a.value.slice(0, 60)}`))
  .concat([...document.querySelectorAll('script:not([src]), iframe, base, meta[http-equiv=refresh], math, object, embed')]
    .filter(each => !/json/.test(each.type || '')).map(each => each.tagName))"""


class Watched:
    """A window whose every request is answered here, in the test's transaction, and what ran in it or left it."""

    def __init__(self, browser: Browser, client: Client, *, bypass: bool) -> None:
        self.client, self.fired, self.left, self.standing, self.opened, self.met = client, [], [], [], 0, 0
        self.refused: list[tuple[str, int]] = []
        self.answers: dict[str, tuple[str, str]] = {}  # what scripts of a page are told, by path
        self.context = browser.new_context(bypass_csp=bypass)
        self.context.expose_binding("fired", lambda source, number: self.fired.append((source["page"].url, number)))
        self.context.route("**/*", self.answer)
        self.page: Page = self.context.new_page()
        self.page.on("dialog", lambda dialog: (self.fired.append((self.page.url, dialog.message)), dialog.dismiss()))

    def answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if asked.hostname != "localhost":
            self.left.append((self.page.url, route.request.url))
            route.abort()
        elif asked.path.startswith("/static/"):
            file = finders.find(asked.path.removeprefix("/static/"))
            kind = mimetypes.guess_type(asked.path)[0] or "application/octet-stream"
            route.fulfill(body=Path(str(file)).read_bytes(), content_type=kind) if file else route.fulfill(status=404)
        elif route.request.resource_type == "document":
            route.fulfill(status=self.status, headers=self.headers, body=self.body)
        elif asked.path in self.answers:
            kind, body = self.answers[asked.path]
            route.fulfill(body=body, content_type=kind)
        else:
            route.fulfill(status=404)

    def open(self, path: str, form: dict[str, str] | None = None) -> None:
        """The page is made before the browser asks for it: its questions come on another context, which has no part in this transaction.
        With a form, it is the page that answers what was sent."""
        with still(seed=9):
            got = self.client.post(path, form) if form else self.client.get(path, follow=True)
        self.status, self.headers, self.body = got.status_code, dict(got.items()), got.getvalue()
        if got.status_code >= 400:
            self.refused.append((path, got.status_code))
        self.met += b"fired(" in self.body
        self.page.goto(ORIGIN + path, wait_until="load")
        self.opened += 1
        self.standing += [(path, each) for each in self.page.evaluate(STANDING)]

    @property
    def found(self) -> list[object]:
        return [*self.fired, *self.left, *self.standing]
