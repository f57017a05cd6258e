"""Facebook Page: one page, through the network's own interface or by hand."""
