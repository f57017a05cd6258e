"""Where sign-in meets our own people: where to go next, and whose address counts as confirmed."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from stoa.base import entrance
from stoa.people.actions.devices import forget_devices
from stoa.people.claims import claim_link, proven_address, waiting_by
from stoa.people.fields import open_for
from stoa.people.models import Account, Person


class OurDoor(DefaultAccountAdapter):  # type: ignore[misc]
    """The sign-in library's adapter: those not through the door are led to it."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Not before there is an owner: whoever came first would stand in their way."""
        return not entrance.is_waiting()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        return self._next_of(request)

    def get_signup_redirect_url(self, request: HttpRequest) -> str:
        return reverse("people:door")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        """Who opened the letter elsewhere signs in; where somebody is known by that address, on the page of its link."""
        if self.request.user.is_authenticated:
            return reverse("people:door")
        if not email_address.user.has_usable_password():
            messages.info(
                self.request, _("Your address is confirmed. Go on where you began to join, or choose a password here.")
            )
            return reverse("account_reset_password")
        person = Person.objects.filter(account_id=email_address.user_id, standing="pending").first()
        identity = waiting_by(email_address.email) if person and not proven_address(person) else None
        return claim_link(identity) if identity else reverse("account_login")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Links in mails lead to our own address, whatever name the request called us by."""
        called = self.request.build_absolute_uri("/")
        super().send_mail(template_prefix, email, {name: ours(value, called) for name, value in context.items()})

    def set_password(self, user: Account, password: str) -> None:
        """A new password ends every other session, and what is told in those browsers with them."""
        is_theirs = self.request is not None and self.request.user == user
        here = self.request.session.session_key if is_theirs else ""
        with transaction.atomic():
            super().set_password(user, password)
            if person := Person.objects.filter(account=user).first():
                forget_devices(person.id, but_of=here or "")

    def _next_of(self, request: HttpRequest) -> str:
        person = Person.objects.filter(account_id=request.user.pk or 0).first()
        if person and person.standing == "pending":
            return reverse("people:door")
        return reverse("people:asked") if person and open_for(person) else "/"


def ours(value: Any, called: str) -> Any:
    """An address below `called` as one below STOA_URL; anything else as it is."""
    if isinstance(value, str) and value.startswith(called):
        return f"{settings.STOA_URL}/{value.removeprefix(called)}"
    return value
