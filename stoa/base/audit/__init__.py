"""Audit: facts are sealed into a chain, so that an edit, a deletion or another order is seen afterwards.

A tick seals what is new; `stoa audit_verify` reads the whole chain. What cannot be seen from inside is a chain whose end was cut
off together with its facts: note the head that the command prints somewhere else, and give it back with `--head`.
"""

from stoa.base.audit.chain import seal_new
from stoa.base.audit.verify import Fault, head, verify

__all__ = ["Fault", "head", "seal_new", "verify"]
