"""X: one account, through X's paid interface or by hand."""
