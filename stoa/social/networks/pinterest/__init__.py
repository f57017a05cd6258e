"""Pinterest, served by hand."""
