"""Signing in at LinkedIn: OAuth 2, for one's own profile or for the pages that one looks after (two applications: LinkedIn lets in the
one for pages only when it has nothing else). A token lasts sixty days; who LinkedIn lets renew it is told so."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from stoa.social.networks import oauth
from stoa.social.networks.linkedin import wire
from stoa.social.networks.protocol import (
    Account,
    Field,
    Granted,
    Http,
    Leaving,
    Line,
    Reconnect,
    Refused,
    Scope,
    TryLater,
)

AUTHORISE, TOKEN = "https://www.linkedin.com/oauth/v2/authorization", "https://www.linkedin.com/oauth/v2/accessToken"
USER = "https://api.linkedin.com/v2/userinfo"
ME, PAGES = "me", "pages"
PLACE = "at linkedin.com/developers: your app → Auth"
ASKS = (
    Field(
        "whom", "Whom to connect", default=PAGES,
        choices=((PAGES, "Pages that you look after"), (ME, "Your own profile")),
    ),
    Field("client", "Client ID", hint=PLACE, once=True),
    Field("secret", "Primary client secret", hint="beside it", kind="secret", once=True),
)  # fmt: skip
FIELDS = (
    Field(
        "token",
        "Access token",
        hint="made at linkedin.com/developers: Docs and tools → OAuth token tools",
        kind="secret",
    ),
    Field("page", "The page’s number", hint="as in linkedin.com/company/1234/admin; write me for your own profile"),
)
OWN = (
    Scope("openid", "your own profile: to know who signs in"),
    Scope("profile", "your own profile: to show its name and picture here"),
    Scope("w_member_social", "your own profile: to publish, correct and take down there"),
)
OF_PAGES = (
    Scope("rw_organization_admin", "pages: to see which ones you look after, and to read the numbers of their posts"),
    Scope("w_organization_social", "pages: to publish, correct and take down there"),
    Scope("r_organization_social", "pages: to look up what became of a post"),
    Scope("w_organization_social_feed", "pages: to answer comments, and to write a first comment"),
    Scope("r_organization_social_feed", "pages: to hear comments"),
)
SCOPES = OWN + OF_PAGES


def names_for(whom: str) -> tuple[str, ...]:
    return tuple(each.name for each in (OWN if whom == ME else OF_PAGES))


def leave(answers: Mapping[str, str], *, back: str, state: str, verifier: str) -> Leaving:
    whom = ME if answers.get("whom") == ME else PAGES
    kept = {"client": answers.get("client", "").strip(), "secret": answers.get("secret", "").strip(), "whom": whom}
    if not kept["client"] or not kept["secret"]:
        raise Refused("LinkedIn must know your application.", mend="Enter its client ID and its client secret.")
    address = oauth.authorise_address(
        AUTHORISE, application(kept), back=back, scopes=names_for(whom), state=state, verifier=verifier
    )
    return Leaving(address, kept)


def application(kept: Mapping[str, str]) -> oauth.Application:
    return oauth.Application(kept["client"], kept["secret"])


def arrive(
    kept: Mapping[str, str], given: Mapping[str, str], *, back: str, verifier: str, http: Http
) -> tuple[tuple[Account, Granted], ...]:
    if refused := oauth.refusal_of(given):
        raise refused
    tokens = oauth.exchange(http, TOKEN, application(kept), given=given, back=back, verifier=verifier)
    if lacking := missing(tokens, kept["whom"]):
        raise Refused(f"LinkedIn did not allow {', '.join(lacking)}.", mend="Sign in again and allow all of it.")
    opened = granted(kept, tokens)
    line = Line(http, opened.credentials)
    try:
        accounts = [own_profile(line)] if kept["whom"] == ME else own_pages(line)
    except Reconnect as wrong:
        raise wire.reconnect(wrong) from wrong
    return tuple((each, speaking_for(opened, each)) for each in accounts)


def missing(tokens: oauth.Tokens, whom: str) -> list[str]:
    """LinkedIn parts what it granted by commas."""
    said = tokens.said.get("scope")
    got = set(said.replace(",", " ").split()) if isinstance(said, str) else set(names_for(whom))
    return [name for name in names_for(whom) if name not in got]


def granted(kept: Mapping[str, str], tokens: oauth.Tokens) -> Granted:
    """Where nothing renews it, the day on which the token ends is the day on which somebody must sign in again."""
    found = {"client": kept["client"], "secret": kept["secret"], "token": tokens.access}
    if not tokens.refresh:
        return Granted(found | ending(tokens.fresh_until), ends_at=tokens.fresh_until)
    over = ends_of_renewing(tokens) or read_ending(kept)
    return Granted(found | ending(over) | {"refresh": tokens.refresh}, tokens.fresh_until, ends_at=over)


def ending(at: datetime | None) -> dict[str, str]:
    return {"ends": at.isoformat()} if at else {}


def read_ending(kept: Mapping[str, str]) -> datetime | None:
    return datetime.fromisoformat(kept["ends"]) if kept.get("ends") else None


def ends_of_renewing(tokens: oauth.Tokens) -> datetime | None:
    lasts: Any = tokens.said.get("expires_in")
    if tokens.fresh_until is None or not isinstance(lasts, int):
        return None
    began = tokens.fresh_until - timedelta(seconds=lasts)
    return oauth.fresh_until(tokens.said.get("refresh_token_expires_in"), {}, at=began)


def speaking_for(opened: Granted, account: Account) -> Granted:
    return Granted({**opened.credentials, "author": account.id}, opened.fresh_until, opened.ends_at)


def renew(over: Line) -> Granted:
    """A token that nothing renews is asked for, to hear when it was taken back."""
    kept = over.credentials
    if not kept.get("refresh"):
        account_of(over)
        return Granted(dict(kept), ends_at=read_ending(kept))
    tokens = oauth.renewed(over.http, TOKEN, application(kept), refresh=kept["refresh"])
    renewed = granted(kept, tokens)
    return Granted({**renewed.credentials, "author": kept["author"]}, renewed.fresh_until, renewed.ends_at)


def account_of(over: Line) -> Account:
    """Whom this channel speaks for, as they are called now."""
    author = over.credentials["author"]
    return own_profile(over) if author.startswith("urn:li:person:") else page_of(over, author.rpartition(":")[2])


def own_profile(over: Line) -> Account:
    found = wire.read(over, USER)
    id, name = wire.plain_urn(f"urn:li:person:{wire.text_of(found, 'sub')}"), wire.text_of(found, "name")[:200]
    if not wire.text_of(found, "sub") or not id:
        raise TryLater("LinkedIn does not say who signed in.", after=600.0)
    avatar = wire.text_of(found, "picture")
    return Account(id, name or "LinkedIn", name, avatar if avatar.startswith("https://") else "")


def own_pages(over: Line) -> list[Account]:
    """The pages that this person looks after; LinkedIn names their numbers alone."""
    query = "q=roleAssignee&role=ADMINISTRATOR&state=APPROVED&count=100"
    found = wire.read(over, "/organizationAcls", query=query, method="FINDER")
    urns = [wire.urn_of(each, "organization") for each in wire.listed(found, "elements")]
    numbers = [each.rpartition(":")[2] for each in dict.fromkeys(urns) if each.startswith("urn:li:organization:")]
    pages = [page_of(over, each) for each in numbers if each.isdigit()]
    if not pages:
        raise Refused(
            "LinkedIn names no page that you look after.", "Become an administrator of the page, then sign in again."
        )
    return pages


def page_of(over: Line, number: str) -> Account:
    found = wire.read(over, f"/organizations/{number}")
    name, vanity = wire.text_of(found, "localizedName")[:200], wire.text_of(found, "vanityName")[:100]
    address = f"https://www.linkedin.com/company/{wire.key(vanity) if vanity else number}/"
    return Account(f"urn:li:organization:{number}", vanity or number, name, address=address)
