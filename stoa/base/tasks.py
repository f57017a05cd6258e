"""Base's clock work, and its due rows besides hearings and ticks."""

from datetime import timedelta

from stoa.base import audit, clock, elsewhere, files, limits, mail, once, search, work
from stoa.base.mail.send import send_letter
from stoa.base.models import Letter, PageElsewhere
from stoa.base.text.again import render_again
from stoa.base.work import every

UNATTACHED_FOR = timedelta(days=2)
LETTERS_FOR = timedelta(days=30)
FORMS_FOR = timedelta(days=2)

work.register(work.Kind("base.letter", Letter, send_letter, lease=timedelta(minutes=2)))
work.register(
    work.Kind("base.page_elsewhere", PageElsewhere, elsewhere.look_at, lease=timedelta(minutes=2), batch=2, at_once=2)
)


@every(timedelta(hours=1), name="base.files")
def forget_files() -> None:
    """Forgets files that were brought and never used."""
    files.forget_unattached(clock.now() - UNATTACHED_FOR)


@every(timedelta(days=1), name="base.letters")
def forget_letters() -> None:
    """Forgets letters and forms that have long been sent, and limits that nobody has reached for."""
    mail.forget_letters(clock.now() - LETTERS_FOR)
    limits.forget_full(clock.now())
    once.forget_sent(clock.now() - FORMS_FOR)


@every(timedelta(hours=6), name="base.pages_elsewhere")
def forget_pages() -> None:
    """Forgets cards of pages to which nothing links any more."""
    elsewhere.forget_unlinked()


@every(timedelta(minutes=10), name="base.renderer")
def render_older_texts() -> None:
    """Renders anew some of what an older renderer made."""
    render_again()


@every(timedelta(days=1), name="base.search_words")
def count_words() -> None:
    """Counts anew how many texts hold each word that search may suggest."""
    search.recount()


@every(timedelta(minutes=5), name="base.audit")
def seal_facts() -> None:
    """Seals new facts into the audit chain."""
    audit.seal_new()
