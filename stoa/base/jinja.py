"""The Jinja2 environment: strict, escaping, with components as one global `ui` (a fragment does not see top-level imports)."""

from collections.abc import Callable
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.templatetags.static import static
from django.utils import translation
from jinja2 import Environment, StrictUndefined, pass_context, select_autoescape
from jinja2.runtime import Context
from markupsafe import Markup

from stoa.base import charts, fonts, ids, nav, once, panels
from stoa.base.addresses import address
from stoa.base.contexts import PageContext
from stoa.base.drawn import drawn, filled
from stoa.base.icons import icon
from stoa.base.moments import lasting, moment
from stoa.base.phrases import phrase, phrase_in, phrases
from stoa.base.words import initials, sentence, tone

COMPONENTS = ("acts", "forms", "people", "pieces", "lists", "frame")
KEPT = frozenset(
    {
        "avatar", "person", "badge", "button", "link_button", "main_nav", "search_entries", "door_entries", "person_menu", "foot_nav",
        "create_entries", "keys_dialog",
    }
)  # drawn over and over with the same words  # fmt: skip


class Components:
    """`ui.card(…)`: a macro of any file in templates/base/ui/, found by its name; `ui.icon` and `ui.time` are drawn by Python."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self.icon, self.time, self.charts = icon, moment, charts

    def __getattr__(self, name: str) -> Any:
        for template in COMPONENTS:
            macro = getattr(self._environment.get_template(f"base/ui/{template}.html").module, name, None)
            if macro is not None:
                macro = partial(drawn, macro) if name in KEPT else macro
                if not self._environment.auto_reload:
                    setattr(self, name, macro)  # found once; while templates are being written, found anew each time
                return macro
        raise AttributeError(name)


class Pieces:
    """`drawn("talk/pieces.html", "topic_end", …)` and `filled("talk/pieces.html", "reply", shape, holes)`: a macro of a room's own file,
    drawn once for the same words or for the same shape (`base.drawn`)."""

    def __init__(self, environment: Environment, draw: Callable[..., str]) -> None:
        self._environment, self._draw = environment, draw
        self._found: dict[tuple[str, str], Any] = {}

    def __call__(self, template: str, name: str, /, *given: Any, **named: Any) -> str:
        return self._draw(self._found.get((template, name)) or self._macro(template, name), *given, **named)

    def _macro(self, template: str, name: str) -> Any:
        macro = getattr(self._environment.get_template(template).module, name)
        if not self._environment.auto_reload:
            self._found[template, name] = macro
        return macro


@pass_context
def draw_panels(context: Context, place: str, subject: Any) -> Markup:
    return panels.draw(context["request"], place, subject)


def instant(moment: datetime) -> str:
    """The exact instant for `<time datetime>`."""
    return moment.isoformat(timespec="seconds")


def environment(**options: Any) -> Environment:
    """What the template engine calls once."""
    options["autoescape"] = select_autoescape(
        enabled_extensions=("html", "svg", "xml"), disabled_extensions=("txt",), default=True, default_for_string=True
    )
    made = Environment(  # noqa: S701
        **{**options, "undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.context_class = PageContext
    made.newstyle_gettext = True  # type: ignore[attr-defined]
    made.globals |= {
        "_": phrase, "gettext": phrase, "ngettext": phrases, "pgettext": phrase_in,
        "ui": Components(made), "url": address, "static": cache(static), "panels": draw_panels,
        "nav": nav.for_actor, "nav_groups": nav.grouped, "nav_nearest": nav.nearest, "nav_place": nav.place_in,
        "font_links": fonts.links, "language": translation.get_language,
        "is_rtl": translation.get_language_bidi, "once": once.field, "drawn": Pieces(made, drawn), "filled": Pieces(made, filled),
    }  # fmt: skip
    made.filters |= {
        "tuple": tuple, "shown": ids.shown, "instant": instant,
        "from_iso": datetime.fromisoformat, "lasting": lasting, "initials": initials, "tone": tone, "sentence": sentence,
    }  # fmt: skip
    return made
