"""Threads: one account, through the network's own interface or by hand."""
