"""Which hosts are near: what opens an account goes to others over https alone. For connectors whose address a person types."""

from __future__ import annotations

from ipaddress import ip_address

OPENLY = "Without https what opens the account would travel in the open."
WRITE_HTTPS = "Begin the address with https://."


def is_near(host: str) -> bool:
    """This machine or one beside it: a name without a dot, or an address that is not of the public internet."""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return "." not in host or host.endswith(".localhost")
