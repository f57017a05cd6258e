"""Which addresses are the public internet, and which URLs may be called at all."""

from collections.abc import Collection
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx2

from stoa.base.http.errors import Forbidden

# Our own tables, because Python's `is_global` differs between its versions. Source: IANA special-purpose address registries, 2026.
NOT_PUBLIC_4 = [
    ip_network(each)
    for each in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
]  # fmt: skip
PUBLIC_6 = ip_network("2000::/3")
NOT_PUBLIC_6 = [
    ip_network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20")
]
NAT64 = ip_network("64:ff9b::/96")
OPEN_PORTS = {80, 443}
FIRST_FREE_PORT = 1024


def web_address(address: str, longest: int = 1000) -> str:
    """An address from outside that may stand in a link, or nothing: a browser does something else with other schemes."""
    fits = len(address) <= longest and address.startswith(("https://", "http://"))
    return address if fits and not any(each in address for each in ' \r\n"<>') else ""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet. IPv4 inside IPv6 counts as what is inside."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return False
    if isinstance(parsed, IPv4Address):
        return not any(parsed in network for network in NOT_PUBLIC_4)
    if parsed.scope_id:
        return False
    inside = parsed.ipv4_mapped or (IPv4Address(int(parsed) & 0xFFFFFFFF) if parsed in NAT64 else None)
    if inside is not None:
        return is_public(str(inside))
    return _is_public_6(parsed)


def _is_public_6(address: IPv6Address) -> bool:
    return address in PUBLIC_6 and not any(address in network for network in NOT_PUBLIC_6)


def checked(url: str, trusted: Collection[str]) -> httpx2.URL:
    """The URL, if it may be called as far as can be told before its name is resolved. Raises `Forbidden`."""
    if any(ord(character) < 33 or ord(character) == 127 or character == "\\" for character in url):
        raise Forbidden("not an address to call")
    try:
        parsed = httpx2.URL(url)
    except (httpx2.InvalidURL, ValueError, UnicodeError):
        raise Forbidden("not an address to call") from None
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.userinfo:
        raise Forbidden("not an address to call")
    port = port_of(parsed)
    if peer_of(parsed) not in trusted and port not in OPEN_PORTS and not FIRST_FREE_PORT <= port <= 65_535:
        raise Forbidden("not a port to call")
    return parsed


def port_of(url: httpx2.URL) -> int:
    return url.port or (443 if url.scheme == "https" else 80)


def peer_of(url: httpx2.URL) -> str:
    """`host:port`, as STOA_TRUSTED_PEERS names it."""
    return f"{url.host.lower()}:{port_of(url)}"
