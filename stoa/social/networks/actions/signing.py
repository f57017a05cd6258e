"""Signing in at a network: leaving with a state that is used once, and coming back to the same session with what the network says."""

import hashlib
import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.crypto import CannotOpen, Secret
from stoa.base.errors import Invalid, NotAllowed, NotPossible
from stoa.base.http import web_address
from stoa.social.networks import lines, oauth, policy, registry
from stoa.social.networks.actions.applications import keep_application, known_application, place_of
from stoa.social.networks.actions.channels import keep_channel
from stoa.social.networks.models import Channel, SigningIn
from stoa.social.networks.protocol import Account, Granted, Leaving, Refused, Signs, Trouble

LASTING = timedelta(minutes=10)
RETURN = "/desk/channels/sign-in/return"
LONGEST_ADDRESS = 4000


def leave_for(network: str, answers: Mapping[str, str], *, session: str, by: Actor) -> Leaving:
    """Begins a sign-in of this person in this session, and gives where to go. Speaks to the network where it must."""
    connector = signing_at(network, by)
    given = {name: value.strip() for name, value in answers.items() if value.strip()}
    place = place_of(connector.asks, given)
    known = known_application(network, place)
    once = {each.name for each in connector.asks if each.once}
    if missing := next((each for each in connector.asks if each.name not in given | known), None):
        raise Invalid(_("Fill this in."), field=missing.name)
    state, verifier = secrets.token_urlsafe(32), secrets.token_urlsafe(48)
    try:
        leaving: Leaving = connector.leave(
            known | given, back=return_address(), state=state, verifier=verifier, http=lines.client()
        )
    except Refused as refused:
        asked = connector.asks[0].name if len(connector.asks) == 1 else ""
        raise Invalid(refused.reason, refused.mend, field=asked) from refused
    except Trouble as trouble:
        raise NotPossible(trouble.reason, _("Nothing was begun. Try again in a while.")) from trouble
    if not web_address(leaving.address, LONGEST_ADDRESS):
        raise NotPossible(_("The network names no address to sign in at."), _("Check what you typed."))
    application = dict(leaving.app) or {name: value for name, value in (known | given).items() if name in once}
    kept = {"verifier": verifier, "kept": dict(leaving.kept), "issuer": leaving.issuer}
    begin(network, state, kept | {"place": place, "application": application}, session=session, by=by)
    return leaving


def begin(network: str, state: str, kept: Mapping[str, Any], *, session: str, by: Actor) -> None:
    with transaction.atomic():
        now = clock.now()
        row = SigningIn(network=network, state=hash_of(state), session=hash_of(session), by_id=by.own_id)
        row.began_at, row.until, row.kept = now, now + LASTING, Secret(json.dumps(kept))
        row.save()


def come_back(given: Mapping[str, str], *, session: str, by: Actor) -> list[Channel] | SigningIn:
    """What the return of a sign-in brings: the channel that is connected, or the sign-in whose accounts wait for a choice.

    The state is used up before the network is asked anything; without a right one nothing is asked and nothing changed.
    """
    row = use_up(given.get("state", ""), session=session, by=by)
    connector = signing_at(row.network, by)
    kept = opened(row.kept)
    if kept["issuer"] and given.get("iss") != kept["issuer"]:
        raise NotPossible(_("Somebody else answered than the network that you went to."), again())
    if refusal := oauth.refusal_of(given):
        raise NotPossible(refusal.reason, refusal.mend)
    accounts = arrived(connector, kept, given)
    keep_application(row.network, kept["place"], kept["application"])
    if len(accounts) == 1:
        return [keep_channel(row.network, *accounts[0], by=by)]
    row.offered = Secret(json.dumps([packed(*each) for each in accounts]))
    row.save(update_fields=["offered"])
    return row


def use_up(state: str, *, session: str, by: Actor) -> SigningIn:
    """The sign-in of this state, which counts once, for the person and the session that began it."""
    if not state:
        raise NotPossible(_("This return belongs to no sign-in."), again())
    with transaction.atomic():
        row = SigningIn.objects.select_for_update().filter(state=hash_of(state)).first()
        if row is None:
            raise NotPossible(_("This sign-in is not known here, or is long over."), again())
        if row.by_id != by.person_id or row.session != hash_of(session):
            raise NotPossible(_("This sign-in was begun by somebody else, or in another browser."), again())
        if row.used_at is not None:
            raise NotPossible(_("This sign-in was used already."), _("Look at your channels: it may be connected."))
        now = clock.now()
        if row.until <= now:
            raise NotPossible(_("This sign-in took longer than ten minutes."), again())
        row.used_at = now
        row.save(update_fields=["used_at"])
    return row


def arrived(connector: Signs, kept: Mapping[str, Any], given: Mapping[str, str]) -> Sequence[tuple[Account, Granted]]:
    """The accounts that were opened. Whatever the network answers, nothing but a refusal comes of it."""
    back, verifier = return_address(), kept["verifier"]
    try:
        accounts = connector.arrive(kept["kept"], given, back=back, verifier=verifier, http=lines.client())
    except Refused as refused:
        raise NotPossible(refused.reason, refused.mend) from refused
    except Trouble as trouble:
        raise NotPossible(trouble.reason, again()) from trouble
    except Exception as broken:
        raise NotPossible(_("The network's answer could not be understood."), again()) from broken
    if not accounts:
        raise NotPossible(_("No account was opened there."), _("Allow at least one, and begin again."))
    return accounts


def choices(row: SigningIn) -> list[tuple[Account, Granted]]:
    """The accounts that this sign-in has opened."""
    return [unpacked(each) for each in opened(row.offered)]


def choose_accounts(row: SigningIn, numbers: Sequence[int], *, by: Actor) -> list[Channel]:
    """Connects those that the person chose, and forgets the others."""
    signing_at(row.network, by)
    accounts = choices(row)
    chosen = [accounts[number] for number in numbers if 0 <= number < len(accounts)]
    if not chosen:
        raise Invalid(_("Choose at least one."), field="accounts")
    with transaction.atomic():
        if not SigningIn.objects.filter(id=row.id, offered__isnull=False).update(offered=None):
            raise NotPossible(_("This choice was made already."))
        return [keep_channel(row.network, account, granted, by=by) for account, granted in chosen]


def forget_sign_ins() -> None:
    """What is over, an hour later: until then its return is told what became of it."""
    SigningIn.objects.filter(until__lt=clock.now() - timedelta(hours=1)).delete()


def signing_at(network: str, by: Actor) -> Any:
    if not policy.may_connect(by) or by.person_id is None:
        raise NotAllowed(_("You may not connect channels."))
    try:
        connector = registry.get(network)
    except registry.UnknownNetwork as unknown:
        raise NotPossible(_("This network is not known here.")) from unknown
    if not isinstance(connector, Signs):
        raise NotPossible(_("Nobody signs in at this network from here."))
    return connector


def return_address() -> str:
    """Where networks send people back: of this installation's own address alone, whatever the request said."""
    return f"{settings.STOA_URL.rstrip('/')}{RETURN}"


def hash_of(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def opened(sealed: Any) -> Any:
    """The plain of a sealed column."""
    try:
        return json.loads(sealed.open().reveal())
    except (AttributeError, CannotOpen) as broken:
        raise NotPossible(_("What was kept of this sign-in cannot be read any more."), again()) from broken


def again() -> str:
    return _("Nothing was connected. Begin again on the page of the network.")


def packed(account: Account, granted: Granted) -> dict[str, Any]:
    until, ends = (each.isoformat() if each else "" for each in (granted.fresh_until, granted.ends_at))
    return {"account": vars(account), "credentials": dict(granted.credentials), "until": until, "ends": ends}


def unpacked(kept: Mapping[str, Any]) -> tuple[Account, Granted]:
    until, ends = (datetime.fromisoformat(each) if each else None for each in (kept["until"], kept.get("ends")))
    return Account(**kept["account"]), Granted(kept["credentials"], until, ends)


def host_of(address: str) -> str:
    """Whom one goes to, as people read it."""
    return urlsplit(address).netloc
