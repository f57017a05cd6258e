"""Facebook Page, served by hand."""
