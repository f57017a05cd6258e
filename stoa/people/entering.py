"""Signing in: the library's form, which a link to it may fill in."""

from typing import Any

from allauth.account.forms import LoginForm


class SignInForm(LoginForm):  # type: ignore[misc]
    """With the address that a link to it names (`?email=`)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.request and (named := self.request.GET.get("email", "")):
            self.fields["login"].initial = named[:254]
