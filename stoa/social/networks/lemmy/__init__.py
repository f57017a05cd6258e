"""Lemmy: one community, through an account of our own on any server."""
