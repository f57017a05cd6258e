"""Joining with a passkey instead of a password: it is made once the address is confirmed, before the door."""

from typing import Any

from allauth.account.stages import EmailVerificationStage, LoginStageController
from allauth.mfa.webauthn.forms import SignupWebAuthnForm
from allauth.mfa.webauthn.internal import auth, flows
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from stoa.base.pages import see_other
from stoa.base.requests import Request
from stoa.people.entering import has_no_key, is_confirmed
from stoa.people.models import Account


class FirstPasskey(AddWebAuthnView):  # type: ignore[misc]
    """The library's page of a new passkey, for who joins with one. Whoever has a way to sign in is led on to the door."""

    template_name = "people/first_passkey.html"

    def dispatch(self, request: Request, *arguments: Any, **named: Any) -> HttpResponseBase:
        if isinstance(request.user, Account) and not has_no_key(request.user):
            return see_other(self.get_success_url())
        answer: HttpResponseBase = super().dispatch(request, *arguments, **named)
        return answer

    def get_form_class(self) -> type[SignupWebAuthnForm]:
        return SignupWebAuthnForm  # type: ignore[no-any-return]

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        values: dict[str, Any] = super().get_context_data(**given)
        values["js_data"] = {
            "creation_options": auth.begin_registration(self.request.user, True)
        }  # the last challenge counts
        return values

    def get_success_url(self) -> str:
        return reverse("people:door")

    def form_valid(self, form: SignupWebAuthnForm) -> HttpResponse:
        given = form.cleaned_data
        flows.signup_authenticator(
            self.request, user=self.request.user, name=given["name"], credential=given["credential"]
        )
        return see_other(self.get_success_url())


@require_POST
def confirmed(request: Request) -> HttpResponse:
    """Goes on where one joined, when the address was confirmed on another device meanwhile: as long as nobody has signed in to the account,
    who then may be somebody else than who joined with their address."""
    stage = LoginStageController.enter(request, EmailVerificationStage.key)
    account = stage.login.user if stage else None
    if account is None or not is_confirmed(account):
        messages.info(request, _("Your address is not confirmed yet: open the link in our letter first."))
        return see_other(reverse("account_email_verification_sent"))
    if account.last_login is not None:
        stage.abort()
        messages.info(request, _("Your account is open already: sign in to go on."))
        return see_other(reverse("account_login"))
    answer: HttpResponse = stage.exit()
    return answer
