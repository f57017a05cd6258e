"""What our own mail server found out about a message's sender (RFC 8601), and nobody else: results of any other name are hearsay."""

import re
from collections.abc import Iterable

DMARC = re.compile(r"(?:^|;)\s*dmarc\s*=\s*([a-z]{1,20})\b", re.IGNORECASE)


def verdict(results: Iterable[str], authserv: str) -> str:
    """The worst of what the server of that name says of DMARC: "fail" and the like, "pass", "none"; empty when it says nothing."""
    found: list[str] = []
    for line in results:
        name = line.strip().split(";")[0].split()
        if name and name[0].lower() == authserv.strip().lower():
            found += [each.lower() for each in DMARC.findall(line)]
    bad = [each for each in found if each not in ("pass", "none", "bestguesspass")]
    return (bad or sorted(found, reverse=True) or [""])[0]
