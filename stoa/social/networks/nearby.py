"""Which hosts are near: what opens an account goes to others over https alone. For connectors whose address a person types."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from stoa.social.networks.trouble import Refused

OPENLY = "Without https what opens the account would travel in the open."
WRITE_HTTPS = "Begin the address with https://."


def is_near(host: str) -> bool:
    """This machine or one beside it: a name without a dot, or an address that is not of the public internet."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(".localhost")


def origin_of(server: str, like: str) -> str:
    """Scheme and host of a server whose address a person typed, `like` an example. Https unless they say otherwise; http only nearby."""
    address = server.strip().rstrip("/")
    try:
        parts = urlsplit(address if "://" in address else f"https://{address}")
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        known = False
    if not known:
        raise Refused("This is not the address of a server.", mend=f"Write it like {like}.")
    if parts.scheme == "http" and not is_near(parts.hostname or ""):
        raise Refused(OPENLY, mend=WRITE_HTTPS)
    return f"{parts.scheme}://{parts.netloc.lower()}"
