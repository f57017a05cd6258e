"""Reddit, served by hand."""
