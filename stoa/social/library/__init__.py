"""Library: the pictures that we publish. Assets in folders with tags, described, with credit and licence, in versions.

It knows what an asset looks like (so that the same picture is found again), what its licence allows, and how a picture is fitted to what
a network takes. It announces what became of each asset. Where assets are used is known to the rooms that use them.
"""
