"""The laws of the house as tests. Each law is a function in `laws/` from a tree of files to the breaches in it."""
