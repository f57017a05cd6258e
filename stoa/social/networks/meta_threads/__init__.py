"""Threads, served by hand."""
