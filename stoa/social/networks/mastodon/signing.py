"""Signing in at one's own server: the application registers itself there (docs.joinmastodon.org/methods/apps, /oauth)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from stoa.social.networks import oauth
from stoa.social.networks.given import part
from stoa.social.networks.mastodon import wire
from stoa.social.networks.protocol import (
    Field,
    Granted,
    Http,
    Leaving,
    Line,
    Reconnect,
    Refused,
    Scope,
    TryLater,
    Unknown,
)

NAME = "Stoa"
ASKS = (Field("server", "Server", hint="for example https://mastodon.social", kind="url"),)
SCOPES = (
    Scope("read:accounts", "to know which account this is"),
    Scope("read:statuses", "to look up what became of a post, and to read its numbers"),
    Scope("read:notifications", "to hear answers and mentions"),
    Scope("write:statuses", "to publish, to edit and to take down"),
    Scope("write:media", "to send pictures with their descriptions"),
)
NAMES = tuple(scope.name for scope in SCOPES)


def leave(answers: Mapping[str, str], *, back: str, state: str, verifier: str, http: Http) -> Leaving:
    """An application that the server still knows for this way back is used again; else one is registered."""
    server = wire.origin_of(answers["server"])
    application = oauth.Application(answers.get("client", ""), answers.get("secret", ""))
    if not application.id or answers.get("back") != back or not is_known(http, server, application, back):
        application = register(http, server, back)
    address = oauth.authorise_address(
        f"{server}/oauth/authorize", application, back=back, scopes=NAMES, state=state, verifier=verifier
    )
    app = {"client": application.id, "secret": application.secret, "back": back}
    return Leaving(address, {"server": server, "client": application.id, "secret": application.secret}, app=app)


def register(http: Http, server: str, back: str) -> oauth.Application:
    body = {"client_name": NAME, "redirect_uris": back, "scopes": " ".join(NAMES)}
    try:
        made = wire.answer_of(http.request("POST", f"{server}/api/v1/apps", json=body, timeout=wire.SECONDS))
    except (Reconnect, Unknown) as trouble:
        raise TryLater("The server did not take Stoa up as an application.", after=60.0) from trouble
    client, secret = (made.get("client_id"), made.get("client_secret")) if isinstance(made, dict) else (None, None)
    if not isinstance(client, str) or not isinstance(secret, str) or not client:
        raise Refused("This server does not speak as Mastodon does.", mend="Check its address.")
    return oauth.Application(client, secret)


def is_known(http: Http, server: str, application: oauth.Application, back: str) -> bool:
    """Servers forget applications that nobody uses, and then their sign-in page leads nowhere: asked before anybody is sent there."""
    form = oauth.Form(http, f"{server}/oauth/token", application)
    response = form.send({"grant_type": "client_credentials", "redirect_uri": back, "scope": "read:accounts"})
    return 200 <= response.status < 300


def arrive(kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http) -> Granted:
    """What opens the account, with what it takes to give it back."""
    application = oauth.Application(kept["client"], kept["secret"])
    tokens = oauth.exchange(
        http, f"{kept['server']}/oauth/token", application, given=given, back=back, verifier=verifier
    )
    if tokens.scopes is not None and (lacking := missing(tokens.scopes)):
        raise Refused(f"The server did not allow {', '.join(lacking)}.", mend="Sign in again and allow all of it.")
    found = {"server": kept["server"], "token": tokens.access, "client": kept["client"], "secret": kept["secret"]}
    return Granted(found | ({"refresh": tokens.refresh} if tokens.refresh else {}), tokens.fresh_until)


def missing(scopes: tuple[str, ...]) -> list[str]:
    """What was asked for and not granted: a whole (`read`) stands for its parts."""
    return [name for name in NAMES if name not in scopes and name.partition(":")[0] not in scopes]


def refresh(over: Line) -> Granted:
    """Tokens of Mastodon do not end; some servers that speak its language give one to renew with."""
    kept = dict(over.credentials)
    application = oauth.Application(kept["client"], kept["secret"])
    tokens = oauth.renewed(over.http, f"{kept['server']}/oauth/token", application, refresh=kept["refresh"])
    return Granted(kept | {"token": tokens.access, "refresh": tokens.refresh}, tokens.fresh_until)


def revoke(over: Line) -> None:
    """A token that was copied belongs to an application that a person made: they take it back there."""
    kept = over.credentials
    if "client" not in kept:
        raise Refused("The token was copied from there.", mend="Delete the application in Preferences → Development.")
    application = oauth.Application(kept["client"], kept["secret"])
    oauth.give_back(over.http, f"{kept['server']}/oauth/revoke", application, token=kept["token"])


def limits(instance: Any) -> dict[str, Any]:
    """What `/api/v2/instance` says (docs.joinmastodon.org/entities/Instance), as far as it says it. The caller judges the values."""
    configuration = part(instance, "configuration")
    statuses, media = part(configuration, "statuses"), part(configuration, "media_attachments")
    mimes = media.get("supported_mime_types")
    return {
        "text": statuses.get("max_characters"),
        "link": statuses.get("characters_reserved_per_url"),
        "pictures": statuses.get("max_media_attachments"),
        "picture_bytes": media.get("image_size_limit"),
        "video_bytes": media.get("video_size_limit"),
        "alt": media.get("description_limit"),
        "mimes": tuple(mimes) if isinstance(mimes, list) else (),
    }
