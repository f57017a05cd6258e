"""Links: minted with a code that nobody guesses, followed, counted."""

import secrets
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from stoa.base import ids
from stoa.base.actors import Actor
from stoa.base.errors import Invalid, NotAllowed
from stoa.social.publish import policy
from stoa.social.publish.models import Delivery, Link
from stoa.social.publish.models.link import CODE_LENGTH


def mint_link(target: str, *, by: Actor, what: str = "", delivery: Delivery | None = None) -> Link:
    """A tracked link to a path of ours or to a whole address. `delivery` is the one that carries it."""
    if not policy.may_mint(by):
        raise NotAllowed(_("You may not make links."))
    return Link.objects.create(
        code=new_code(), target=checked_target(target), what=what[:120], by_id=by.person_id, delivery=delivery
    )


def new_code() -> str:
    """40 random bits, in the letters of our ids."""
    number = int(secrets.token_hex(5), 16)
    return "".join(ids.ALPHABET[number >> 5 * place & 31] for place in range(CODE_LENGTH))


def find_link(code: str) -> Link | None:
    """The link of a code, for whoever has it: a link is for everybody to follow."""
    return Link.objects.filter(code=code).first() if len(code) <= 20 else None


def checked_target(target: str) -> str:
    """A path of ours, or an address with a name. Raises `Invalid` for anything that a browser could read otherwise."""
    asked = target.strip()
    plain = asked.isprintable() and not any(sign in asked for sign in "\\ ")
    if plain and asked.startswith("/") and not asked.startswith("//"):
        return asked[:1000]
    try:
        parts = urlsplit(asked)
        named = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        named = False
    if not plain or not named or len(asked) > 1000:
        raise Invalid(_("This is not an address."), _("Begin with https:// or with / for a page here."), field="target")
    return asked
