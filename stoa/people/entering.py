"""Signing in: the library's forms, one which a link to it may fill in, one whose words say what a passkey does."""

from typing import Any

from allauth.account.forms import LoginForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext_lazy as _


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
