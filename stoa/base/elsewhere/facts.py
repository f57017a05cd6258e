"""What happens to cards of pages elsewhere."""

from dataclasses import dataclass

from stoa.base.facts import Fact, fact


@fact("base.page_found", about=("base.page_elsewhere", "page"))
@dataclass(frozen=True)
class PageFound(Fact):
    """A page elsewhere has said what its card says."""

    page: int


@fact("base.page_dropped", about=("base.page_elsewhere", "page"))
@dataclass(frozen=True)
class PageDropped(Fact):
    """Somebody took the card of a page away, everywhere."""

    page: int


@fact("base.host_barred", about=("base.barred_host", "host"))
@dataclass(frozen=True)
class HostBarred(Fact):
    """No page of this host gets a card any more."""

    host: int


@fact("base.host_allowed", about=("base.barred_host", "host"))
@dataclass(frozen=True)
class HostAllowed(Fact):
    """Pages of this host may get cards again."""

    host: int
