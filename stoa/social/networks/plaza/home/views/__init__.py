"""Plaza's pages, and what a stranger does on them."""
