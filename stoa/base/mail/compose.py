"""Composing: one text template per mail, its first line the subject; nothing is escaped, because nothing is HTML."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.template import engines
from django.utils import translation


def compose(template: str, context: Mapping[str, Any], *, language: str = "en") -> dict[str, str]:
    """`subject` and `text` of a `.txt` template in the reader's language. `{{ origin }}` is our own address, for links."""
    if not template.endswith(".txt"):
        raise ValueError("mails are made of .txt templates")
    engine: Any = engines["jinja"]
    with translation.override(language):
        whole = engine.env.get_template(template).render({"origin": settings.STOA_URL, **context})
    subject, _, text = whole.lstrip("\n").partition("\n")
    return {"subject": subject.strip(), "text": text.strip("\n") + "\n"}
