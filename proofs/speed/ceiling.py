"""The ceiling: the least that a page on this ground can cost. A bare Django view: one query, 30 rows, Jinja2, no session, no person."""

import os
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import django
from django.conf import settings
from jinja2 import Environment


def database() -> dict[str, object]:
    """The same database as the house's, with the same connection options."""
    address = os.environ.get("STOA_DATABASE", "")
    if not address:
        options = {
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA mmap_size=0; PRAGMA cache_size=-4000;",
        }
        name = str(Path(os.environ["STOA_DATA"], "stoa.sqlite3"))
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": name, "CONN_MAX_AGE": None, "OPTIONS": options}
    url = urlsplit(address)
    host = parse_qs(url.query).get("host", [url.hostname or ""])[0]
    return {
        "ENGINE": "django.db.backends.postgresql", "NAME": url.path.strip("/"), "USER": url.username or "", "HOST": host,
        "PASSWORD": url.password or "", "PORT": url.port or "", "CONN_MAX_AGE": None,
    }  # fmt: skip


settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": database()},
    MIDDLEWARE=["django.middleware.security.SecurityMiddleware", "django.middleware.common.CommonMiddleware"],
    ROOT_URLCONF=__name__,
    USE_TZ=True,
    INSTALLED_APPS=[],
)
django.setup()

from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.db import models  # noqa: E402
from django.http import HttpRequest, HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402


class Person(models.Model):
    name = models.CharField(max_length=80)

    class Meta:
        managed, app_label, db_table = False, "ceiling", "people_person"


class Topic(models.Model):
    title = models.CharField(max_length=160)
    author = models.ForeignKey(Person, on_delete=models.PROTECT)
    replies_count = models.IntegerField()
    bumped_at = models.DateTimeField()

    class Meta:
        managed, app_label, db_table = False, "ceiling", "talk_topic"


PAGE = Environment(
    autoescape=True
).from_string("""<!doctype html><html lang="en"><meta charset="utf-8"><title>Topics</title>
<body><h1>Topics</h1><ol>{% for topic in topics %}
<li class="row" id="topic-{{ topic.id }}"><a class="row-title" href="/topics/{{ topic.id }}/">{{ topic.title }}</a>
<p class="row-meta"><span class="person">{{ topic.author.name }}</span> <time datetime="{{ topic.bumped_at.isoformat() }}">
{{ topic.bumped_at.date() }}</time> <span class="count">{{ topic.replies_count }} replies</span></p></li>{% endfor %}</ol></body></html>""")


def topics(request: HttpRequest) -> HttpResponse:
    rows = Topic._default_manager.select_related("author").order_by("-bumped_at", "-id")[:30]
    return HttpResponse(PAGE.render(topics=rows))


urlpatterns = [path("", topics)]
application = get_wsgi_application()
