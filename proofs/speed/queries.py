"""How many queries each page asks, on the corpus itself. Run as a module in its data folder; prints one JSON object."""

import json
import os
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stoa.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

PAGES = ("front", "topics", "space", "topic", "search", "notices")


def counted(address: str, cookie: str) -> int:
    client = Client(headers={"cookie": cookie, "host": "localhost"} if cookie else {"host": "localhost"})
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(address)
    if answer.status_code not in (200, 302, 303):
        raise SystemExit(f"{address} answered {answer.status_code}")
    return len(asked)


def main() -> None:
    settings.ALLOWED_HOSTS = ["*"]
    told = json.loads(Path(os.environ["STOA_DATA"], "speed.json").read_text())
    cookie = told["sessions"][0]["cookie"]
    counted("/", ""), counted("/", cookie)  # what a process asks once
    found = {f"{page} signed out": counted(told[page][0], "") for page in PAGES if page != "notices"}
    found |= {f"{page} signed in": counted(told[page][0], cookie) for page in PAGES}
    print(json.dumps(found))


if __name__ == "__main__":
    main()
