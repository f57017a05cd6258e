"""Base's tables, one noun per file."""

from stoa.base.models.allowance import Allowance
from stoa.base.models.audit import AuditEntry
from stoa.base.models.fact import FactRow
from stoa.base.models.file import File
from stoa.base.models.hearing import Hearing
from stoa.base.models.letter import Letter
from stoa.base.models.option import OptionRow
from stoa.base.models.page_elsewhere import BarredHost, Linking, PageElsewhere
from stoa.base.models.search import SearchDocument, SearchTrigram, SearchWord
from stoa.base.models.sent_form import SentForm
from stoa.base.models.site import Site
from stoa.base.models.tick import Tick

__all__ = [
    "Allowance", "AuditEntry", "BarredHost", "FactRow", "File", "Hearing", "Letter", "Linking", "OptionRow", "PageElsewhere",
    "SearchDocument", "SearchTrigram", "SearchWord", "SentForm", "Site", "Tick",
]  # fmt: skip
