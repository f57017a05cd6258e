"""Proves that a community moves in while its pages are read.

house    a fresh data folder on either database: commands, tables, how far an import is
reader   somebody who reads pages all the while
carrier  the worker that carries it in: stopped for moments, so that pages are timed in turns, and killed in the middle
"""
