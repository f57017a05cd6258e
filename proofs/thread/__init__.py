"""Walks the thread from end to end: a real browser, a real server with its worker, Plaza, and the real Bluesky network on loopback.

    bin/prove thread [--postgres]

One file per step, named by what the person does there; each prints what it counted and raises `Short` when it falls short.
"""
