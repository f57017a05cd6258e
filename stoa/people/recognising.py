"""Whose session it is: the account with all that its Actor is made of, in the one query that Django would ask for the account alone."""

from allauth.account.auth_backends import AuthenticationBackend

from stoa.people.loading import account_known
from stoa.people.models import Account


class Recognises(AuthenticationBackend):  # type: ignore[misc]
    """The library's ways to sign in; who is signed in already is recognised in our way."""

    def get_user(self, user_id: int) -> Account | None:
        return account_known(user_id)
