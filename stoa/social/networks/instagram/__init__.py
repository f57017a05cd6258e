"""Instagram, served by hand."""
