"""X, served by hand."""
