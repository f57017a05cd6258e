"""Signing in: the library's forms, and whether somebody could come back at all."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _

from stoa.people.models import Account


def has_no_key(account: Account) -> bool:
    """Whether somebody could not come back: no password, and no passkey yet."""
    return not account.has_usable_password() and not Authenticator.objects.filter(user=account).exists()


def is_confirmed(account: Account) -> bool:
    """Whether an address of theirs is confirmed."""
    found: bool = EmailAddress.objects.filter(user=account, verified=True).exists()
    return found


class SignInForm(LoginForm):  # type: ignore[misc]
    """With the address that a link to it names (`?email=`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request and (named := self.request.GET.get("email", "")):
            self.fields["login"].initial = named[:254]


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A key that was made here signs in without a password, unless its owner wants it as a second step only."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alone = self.fields["passwordless"]
        alone.initial, alone.label = True, _("Sign in with it alone, without the password")
        alone.help_text = _(
            "Your device then asks for your finger, your face or its code. Without it, the key is a second step after the password."
        )
