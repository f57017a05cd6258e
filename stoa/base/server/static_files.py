"""Static files: below STATIC_ROOT once they are collected (hashed names for ever, compressed beside), else where each app keeps them."""

import mimetypes
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.apps import StaticFilesConfig
from whitenoise.storage import CompressedManifestStaticFilesStorage

from stoa.base.gateway import Answer
from stoa.base.server.bytes_of_files import inside
from stoa.base.server.one_sheet import bundled

HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
SUFFIXES = {"br": ".br", "gzip": ".gz"}
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/woff2", ".woff2")


class StaticFiles(StaticFilesConfig):
    """Django's app, but htmx's extensions stay out: they import modules that no browser could find here."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "hx-*"]


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Hashed and compressed files; `import "./x.js"` in a module is rewritten to the hashed name; a face's style sheet is one file."""

    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], *rest: Any, **options: Any) -> Iterator[Any]:
        yield from super().post_process(bundled(paths), *rest, **options)


def find(path: str, encodings: list[str]) -> tuple[Path, Answer] | None:
    """The file for an address below STATIC_URL, with the headers that say how long it may be kept; None when there is none."""
    name = path.removeprefix(settings.STATIC_URL)
    found = located(name)
    if found is None:
        return None
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    text = kind.startswith("text/") or kind in ("application/json", "image/svg+xml")
    answer = Answer(200, [("Content-Type", f"{kind}; charset=utf-8" if text else kind)])
    answer.put("X-Content-Type-Options", "nosniff")
    answer.put("Vary", "Accept-Encoding")
    answer.put("Cache-Control", "public, max-age=31536000, immutable" if HASHED.search(name) else "no-cache")
    for encoding in encodings:
        beside = found.with_name(found.name + SUFFIXES[encoding])
        if beside.is_file():
            answer.put("Content-Encoding", encoding)
            return beside, answer
    return found, answer


def located(name: str) -> Path | None:
    if settings.STOA_STATIC == "hashed":
        return inside(Path(settings.STATIC_ROOT), name)
    found = finders.find(name) if ".." not in name else None
    return Path(str(found)) if found else None
