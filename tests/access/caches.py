"""What caches keep of answers and would give to a visitor: our own kept pages, and those that stand between us and people."""

from collections.abc import Iterator

from stoa.base import gateway
from stoa.base.server import page_cache
from stoa.base.server.page_cache import PageCache
from tests.access.asking import Answer


class Caches:
    """Offers every answer to a cache as the front does; `kept` is what a visitor could be given."""

    def __init__(self) -> None:
        self.pages, self.shared = PageCache(), dict[str, bytes]()

    def offer(self, person: str, method: str, path: str, answer: Answer, *, fragment: bool) -> None:
        headers = {b"host": b"localhost"}
        if person != "anonymous":
            headers[b"cookie"] = b"session=of-somebody"
        if fragment:
            headers[b"hx-request"] = b"true"
        page, _, query = path.partition("?")
        scope = {"method": method, "scheme": "http", "path": page, "query_string": query.encode()}
        if key := page_cache.key_of(scope, headers):
            made = gateway.Answer(answer.status, list(answer.pairs), answer.body)
            self.pages.keep(key, made, self.pages.writes)
        control = dict(answer.pairs).get("Cache-Control", "")
        is_ours_alone = any(word in control for word in ("private", "no-store", "no-cache"))
        if person != "anonymous" and method == "GET" and answer.status == 200 and not is_ours_alone:
            self.shared[f"{path} for {person}"] = answer.all

    def kept(self) -> Iterator[tuple[str, bytes]]:
        """(where, content) of what a visitor would be given."""
        for key, page in self.pages._pages.items():
            headers = "\n".join(f"{name}: {value}" for name, value in page.headers).encode()
            yield f"the kept page {key[1]}?{key[2].decode()}", headers + page.body
        for where, content in self.shared.items():
            yield f"a shared cache: {where}", content
