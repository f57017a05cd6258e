"""The gate: what a request must be before anybody reads it, and who is believed about where it came from."""

from django.conf import settings

from stoa.base.gateway import Refused, Scope

HEADER_BYTES = 32_768
FORWARDED = (b"x-forwarded-", b"forwarded", b"x-real-ip")


def let_in(scope: Scope) -> Scope:
    """The scope with honest headers. Raises Refused for what is too long (431, 413) or has no length (411)."""
    headers = [(name.lower(), value) for name, value in scope["headers"] if b"_" not in name]
    if sum(len(name) + len(value) for name, value in headers) > HEADER_BYTES:
        raise Refused(431, "The headers are too long.")
    named = dict(headers)
    if b"transfer-encoding" in named:
        raise Refused(411, "Send a Content-Length.")
    length = named.get(b"content-length", b"0")
    if not length.isdigit():
        raise Refused(400, "The Content-Length is not a number.")
    if int(length) > settings.STOA_BODY_LIMIT:
        raise Refused(413, "That is more than can be sent at once.")
    return {**scope, **believed(scope, named), "headers": [each for each in headers if not is_forwarding(each[0])]}


def is_forwarding(name: bytes) -> bool:
    return name.startswith(FORWARDED)


def believed(scope: Scope, headers: dict[bytes, bytes]) -> Scope:
    """Address and scheme as the nearest STOA_PROXIES proxies tell them; with none, only what the connection itself shows."""
    proxies = settings.STOA_PROXIES
    if proxies == 0:
        return {}
    told = b",".join(value for name, value in scope["headers"] if name.lower() == b"x-forwarded-for")
    chain = [part.strip().decode("latin-1") for part in told.split(b",") if part.strip()]
    said: Scope = {"client": (chain[-proxies], 0)} if len(chain) >= proxies else {}
    if headers.get(b"x-forwarded-proto") in (b"http", b"https"):
        said["scheme"] = headers[b"x-forwarded-proto"].decode()
    return said
