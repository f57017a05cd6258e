"""The Brackwater Repair Guild: everything the demo says, invented by us, as plain values.

A package without Django and without any of our rooms: the rooms' ``demo.py`` files read from it. Texts stand in
``data/``; what is not written by hand is put together from a seed, so the same seed gives the same Guild. Times are
offsets from the moment that the caller calls now: negative is the past.
"""

SEED = 1871
"""The seed that the demo uses unless it is told otherwise."""
