"""Work that somebody would ask after: rows with a state, a due time, a lease and attempts. The row is the truth.

A room makes its row a `DueRow`, registers a `Kind` with a three-line handler, and sets `due_at`. Workers claim due rows in batches
with a lease and a fence; the job engine only wakes them. See `docs/seams.md`.
"""

from stoa.base.work.claim import Claimed, Fenced, Stopped, claim, release
from stoa.base.work.kinds import Kind, all_kinds, register
from stoa.base.work.ticks import every

__all__ = ["Claimed", "Fenced", "Kind", "Stopped", "all_kinds", "claim", "every", "register", "release"]
