"""Proves the networks: which ability of which network was really exercised, and against what."""
