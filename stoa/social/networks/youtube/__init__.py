"""YouTube, served by hand."""
