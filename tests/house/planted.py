"""One planted fault of each kind, each in a small house of its own, with the law that must catch it."""

import importlib
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.laws import fragments, imports, keys, papers, templates, writing

Law = Callable[[Path], list[str]]
SETTINGS = '"""Settings."""\n'


@dataclass(frozen=True)
class Fault:
    """What is planted, the law that looks, and words that its answer must hold. `clean` is the same tree without the fault."""

    name: str
    law: Law
    fault: dict[str, str]
    says: str
    clean: dict[str, str] = field(default_factory=dict)


def plant(root: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)


ROOM = '"""A room."""\n'
MINIATURE = {
    f"{folder}/__init__.py": ROOM
    for folder in (
        "base", "people", "spaces", "moderation", "community", "community/talk", "community/gather", "social",
        "social/networks", "social/networks/red", "social/networks/blue", "social/publish", "social/listen",
        "bridge", "measure", "steer", "front",
    )
} | {
    "__init__.py": ROOM, "urls.py": ROOM, "settings.py": ROOM, "community/talk/apps.py": ROOM, "community/talk/models.py": ROOM,
    "community/talk/views.py": ROOM, "community/talk/actions.py": ROOM, "community/talk/facts.py": ROOM,
    "social/networks/protocol.py": ROOM, "social/networks/models.py": ROOM,
    "social/networks/red/connector.py": ROOM, "social/networks/blue/connector.py": ROOM,
    "social/networks/red/home/__init__.py": ROOM, "social/networks/red/home/views.py": ROOM,
}  # fmt: skip


def knows(package: str, importer: str, imported: str) -> dict[str, str]:
    """A small house whose module `importer` imports `imported` (dotted, below the house)."""
    module = f"{importer.replace('.', '/')}.py"
    path = module if module in MINIATURE else f"{importer.replace('.', '/')}/__init__.py"
    line = f"import {imported[1:]}\n" if imported.startswith("!") else f"import {package}.{imported}\n"
    return {f"{package}/{name}": text for name, text in MINIATURE.items()} | {f"{package}/{path}": ROOM + line}


IMPORTS = {
    "a lower room imports a higher one": ("people", "spaces"),
    "one wing imports the other": ("community.talk", "social.publish"),
    "base imports a room": ("base", "people"),
    "talk imports gather": ("community.talk", "community.gather"),
    "publish imports listen": ("social.publish", "social.listen"),
    "a room imports the front": ("steer", "front"),
    "the bridge imports measure": ("bridge", "measure"),
    "settings import the front": ("settings", "front"),
    "a model imports a view": ("community.talk.models", "community.talk.views"),
    "a fact imports an action": ("community.talk.facts", "community.talk.actions"),
    "a connector imports another": ("social.networks.red.connector", "social.networks.blue.connector"),
    "a connector imports models": ("social.networks.red.connector", "social.networks.models"),
    "a connector imports Django": ("social.networks.red.connector", "!django"),
    "a network's home imports spaces": ("social.networks.red.home.views", "spaces"),
    "a room imports a network's home": ("social.publish", "social.networks.red.home"),
}


def import_breaches(root: Path, package: str) -> list[str]:
    """All that the laws of imports say of a small house. It is importable only while they look."""
    sys.path.insert(0, str(root))
    importlib.invalidate_caches()
    try:
        said = imports.broken_contracts(root, package)
        known = imports.connectors_that_know_too_much(root, package) + imports.homes_that_know_too_much(root, package)
        return ([said] if said else []) + known
    finally:
        sys.path.remove(str(root))
        for name in [name for name in sys.modules if name == package or name.startswith(f"{package}.")]:
            del sys.modules[name]


VIEW = '"""Views."""\n\n\ndef show(request):\n    {}\n'
PAGE = "stoa/people/templates/people/page.html"
FAULTS = [
    Fault("a long function", writing.oversized, {"stoa/a.py": "def long():\n" + "    pass\n" * 41}, "long has 42 lines"),
    Fault("a long file", writing.oversized, {"stoa/a.py": "x = 1\n" * 301}, "has 301 lines"),
    Fault("an empty name", writing.empty_names, {"stoa/a.py": "class TopicManager: ...\n"}, "TopicManager"),
    Fault("no docstring", writing.without_docstring, {"stoa/a.py": "x = 1\n"}, "begin with a docstring"),
    Fault("another way out", writing.other_ways_out, {"stoa/a.py": "import httpx2\n"}, "base.http",
          {"stoa/base/http.py": "import httpx2\n", "stoa/a.py": "from urllib.parse import urlsplit\n"}),
    Fault("a signal", writing.signals, {"stoa/a.py": "from django.db.models.signals import post_save\n"}, "announce"),
    Fault("another clock", writing.other_clocks, {"stoa/a.py": "at = timezone.now()\n"}, "base.clock",
          {"stoa/a.py": "at = clock.now()\n"}),
    Fault("reads the environment", writing.reads_of_the_environment, {"stoa/a.py": "import os\nx = os.environ['X']\n"}, "settings"),
    Fault("raw SQL", writing.raw_sql, {"stoa/a.py": "rows = Topic.objects.raw('SELECT 1')\n"}, "lives in base"),
    Fault("an unscoped read", writing.unscoped_reads, {"stoa/r/views/a.py": VIEW.format("return Topic.objects.all()")}, "visible_to",
          {"stoa/r/views/a.py": VIEW.format("return Topic.objects.visible_to(request.actor)")}),
    Fault("a shortcut past permission", writing.unscoped_reads,
          {"stoa/r/api.py": VIEW.format("return get_object_or_404(Topic, id=1)")}, "visible_to"),
    Fault("work in save", writing.work_in_save, {"stoa/r/models/a.py": "class A:\n    def save(self): ...\n"}, "write an action"),
    Fault("a flag for removing", writing.work_in_save, {"stoa/r/models/a.py": "class A:\n    is_deleted = 1\n"}, "never is_deleted"),
    Fault("a network's name in code", keys.named_networks,
          {"stoa/social/networks/red/connector.py": "", "stoa/a.py": "if network == 'red': ...\n"}, "no code names",
          {"stoa/social/networks/red/connector.py": "KEY = 'red'\n", "stoa/a.py": "x = 'reddish'\n"}),
    Fault("a network's name in a template", keys.named_networks,
          {"stoa/social/networks/red/connector.py": "", PAGE: "{% if n == 'red' %}{% endif %}"}, "no code names"),
    Fault("bare text", templates.bare_or_inline, {PAGE: "<p>Hello</p>"}, "bare text",
          {PAGE: "<p>{{ _('Hello') }} · <b>{% trans n=3 %}Hello {{ n }}{% endtrans %}</b></p>"}),
    Fault("bare text in an attribute", templates.bare_or_inline, {PAGE: '<input placeholder="Name">'}, "placeholder",
          {PAGE: """<input placeholder="{{ _('Name') }}" name="name" class="wide">"""}),
    Fault("bare text in an argument", templates.bare_or_inline, {PAGE: "{{ ui.button('Save it') }}"}, "bare text",
          {PAGE: "{{ ui.button(_('Save it'), kind='plain') }}"}),
    Fault("an inline style", templates.bare_or_inline, {PAGE: '<p style="x">1</p>'}, "inline style"),
    Fault("an inline script", templates.bare_or_inline, {PAGE: "<script>let x = 1</script>"}, "inline <script>",
          {PAGE: '<script type="module" src="/x.js"></script>'}),
    Fault("an inline listener", templates.bare_or_inline, {PAGE: '<p onclick="x()">1</p>'}, "inline onclick"),
    Fault("a phrase of somebody else's", templates.phrases_of_others, {PAGE: "{{ _(role.name) }}"}, "unescaped",
          {PAGE: '{{ _("Role: %(name)s", name=role.name) }}{{ ngettext("a", "b", count) }}'}),
    Fault("an import in a page", templates.imports_in_pages, {PAGE: '{% from "base/ui.html" import card %}'}, "use ui"),
    Fault("an include of a higher room", templates.includes_out_of_order, {PAGE: '{% include "talk/card.html" %}'}, "may not know",
          {PAGE: '{% extends "base/community.html" %}'}),
    Fault("an include across the wings", templates.includes_out_of_order,
          {"stoa/community/talk/templates/talk/a.html": '{% include "publish/a.html" %}'}, "may not know"),
    Fault("a fragment that leans on its page", fragments.leaning_fragments,
          {"stoa/people/views.py": VIEW.format("return render(request, 'people/page.html', {}, fragment='rows')"),
           PAGE: "{% set n = 3 %}{% block rows %}{{ n }}{% endblock %}"}, "set outside",
          {"stoa/people/views.py": VIEW.format("return render(request, 'people/page.html', {}, fragment='rows')"),
           PAGE: "{% block rows %}{% set n = 3 %}{{ n }}{% endblock %}"}),
    Fault("a fragment that is not there", fragments.leaning_fragments,
          {"stoa/people/views.py": VIEW.format("return render(request, 'people/page.html', {}, fragment='rows')"), PAGE: ""}, "no block"),
    Fault("a silent setting", papers.silent_settings, {"stoa/settings.py": SETTINGS + "X = env('STOA_X')\n"}, "has no sentence",
          {"stoa/settings.py": SETTINGS + "# What it does.\nX = env('STOA_X')\n"}),
    Fault("an unlisted socket", papers.unlisted_sockets,
          {"ARCHITECTURE.md": "", "stoa/base/ears.py": "_ears: dict[str, int] = {}\n"}, "base.ears",
          {"ARCHITECTURE.md": "| `base.ears` |", "stoa/base/ears.py": "_ears: dict[str, int] = {}\n"}),
    Fault("an unlisted place", lambda root: papers.unlisted_places(root, []),
          {"ARCHITECTURE.md": "", PAGE: "{{ panels('people.profile', person) }}"}, "people.profile"),
    Fault("a panel without a place", lambda root: papers.unlisted_places(root, ["talk.nowhere"]),
          {"ARCHITECTURE.md": "", "stoa/a.py": ""}, "no page offers"),
    Fault("an unexplained dependency", papers.unexplained_dependencies,
          {"requirements/app.in": "django==5.2.*\n", "docs/decisions/dependencies.md": ""}, "say why django",
          {"requirements/app.in": "django==5.2.*\n", "docs/decisions/dependencies.md": "- `django`: why\n"}),
    Fault("a connector without papers", papers.unfurnished_connectors, {"stoa/social/networks/red/connector.py": ""}, "setup.md"),
]  # fmt: skip
