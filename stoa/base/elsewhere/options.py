"""The options of cards of pages elsewhere."""

from stoa.base.options import option

LINK_CARDS = option(
    "base.link_cards",
    True,
    "Whether links to pages elsewhere, alone on their line, get a card; the worker then asks those pages for their title and picture.",
)
