"""LinkedIn, served by hand."""
