"""Proves how fast and how light the community's pages are, beside a bare Django view and a bare ASGI answer in the same run.

    bin/prove speed [--postgres] [--scale 10] [--rounds 5] [--seconds 2] [--quick]

The corpus, the ceiling, the loads and the goals are those of `docs/proofs/speed.md`. Compared are ratios within one run: the machine
may be busy, but it is as busy for one as for the other.
"""
