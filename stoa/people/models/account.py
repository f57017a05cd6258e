"""The account: what signs in. It knows an e-mail address and a password (or a passkey), and nothing else."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower

from stoa.base import clock, ids
from stoa.base.rows import Row


class Accounts(BaseUserManager["Account"]):
    """How accounts are found: by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser, Row):
    """Signs in; one to one with a person."""

    id = models.BigIntegerField(primary_key=True, default=ids.new, editable=False)
    email = models.EmailField()
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)

    objects: ClassVar[Accounts] = Accounts()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="account_email_once")]

    def __str__(self) -> str:
        return self.shown_id
