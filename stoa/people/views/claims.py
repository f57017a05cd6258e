"""The page behind the link of a letter to somebody who was known before: it opens on any device, and leads to the door once they are signed
in there with what they chose at joining."""

from allauth.account.authentication import get_authentication_records
from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.people.actions.proving import Entered, prove_address, write_claim_letter
from stoa.people.claims import behind
from stoa.people.models import Account, Person


@never_cache
@require_http_methods(["GET", "POST"])
def claim(request: Request, token: str) -> HttpResponse:
    """Who holds the link reads the mail of its address; pressed by whoever is signed in with it, both are one."""
    identity = behind(token)
    if identity is None:
        return render(request, "people/claim_over.html", status=404)
    person = Person.objects.visible_to(request.actor).filter(id=request.actor.person_id or 0).first()
    if request.method == "POST" and person:
        prove_address(identity, person, _entered(request), by=request.actor)
        return see_other(reverse("people:door"))
    account = request.user if isinstance(request.user, Account) else None
    is_theirs = account is not None and account.email.casefold() == identity.remote_id
    values = {
        "identity": identity,
        "old": identity.person,
        "person": person,
        "account": account,
        "is_theirs": is_theirs,
    }
    return render(request, "people/claim.html", values)


def _entered(request: Request) -> Entered:
    records = get_authentication_records(request, request.user)
    return Entered(request.session.session_key or "", [each["id"] for each in records if each.get("method") == "mfa"])


@require_POST
def letter(request: Request) -> HttpResponse:
    """Asks for the link, at the door."""
    write_claim_letter(find(Person.objects.visible_to(request.actor), id=request.actor.person_id), by=request.actor)
    messages.info(request, _("If somebody is known by your address, a letter is on its way: open its link here."))
    return see_other(reverse("people:door"))
