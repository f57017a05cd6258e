"""The words of templates in the reader's language: gettext as Jinja's own new style has it, each phrase looked up once per language.

A page says some five hundred phrases, and most of what a lookup costs is finding the catalogue again.
"""

from functools import lru_cache
from typing import Any

from django.utils import translation
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup

KEPT = 20_000  # phrases, over all languages


@pass_eval_context
def phrase(place: EvalContext, message: str, /, **variables: Any) -> str:
    """`_("…", name=value)`: always a format string, its values escaped where the template escapes."""
    if not variables:
        return _whole(translation.get_language(), message, place.autoescape)
    return _written(_found(translation.get_language(), message), place) % variables


@pass_eval_context
def phrases(place: EvalContext, singular: str, plural: str, number: int, /, **variables: Any) -> str:
    """`ngettext`: `%(num)s` is the number when nothing else is."""
    found = _counted(translation.get_language(), singular, plural, number)
    return _written(found, place) % {"num": number, **variables}


@pass_eval_context
def phrase_in(place: EvalContext, context: str, message: str, /, **variables: Any) -> str:
    """`pgettext`: a phrase whose sense depends on where it stands."""
    return _written(translation.pgettext(context, message), place) % {"context": context, **variables}


def _written(text: str, place: EvalContext) -> str:
    return Markup(text) if place.autoescape else text  # noqa: S704


@lru_cache(KEPT)
def _found(_language: str | None, message: str) -> str:
    return translation.gettext(message)


@lru_cache(KEPT)
def _whole(language: str | None, message: str, escapes: bool) -> str:
    text: str = Markup(_found(language, message)) if escapes else _found(language, message)  # noqa: S704
    return text % {}


@lru_cache(KEPT)
def _counted(_language: str | None, singular: str, plural: str, number: int) -> str:
    return translation.ngettext(singular, plural, number)
