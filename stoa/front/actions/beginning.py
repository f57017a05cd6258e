"""The first-run set-up: an owner, and a place that is not empty."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils.translation import gettext as _

from stoa.base import actors, clock, entrance
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.base.facts import announce
from stoa.base.models import Site
from stoa.base.models.site import site
from stoa.base.shell import forget_site
from stoa.community.gather.actions import keep_format
from stoa.front import starter
from stoa.front.facts import CommunityBegun
from stoa.front.models import Beginning, SettingUp
from stoa.moderation.actions.guidelines import (
    accept_guidelines,
    publish_guidelines,
    start_draft,
    write_clause,
    write_norm,
)
from stoa.people.actions.joining import make_member, write_question
from stoa.people.actions.profile import set_purpose
from stoa.people.models import Account, Person
from stoa.social.networks.actions import connect_practice_channel
from stoa.spaces.actions.invitation import LONGEST, invite
from stoa.spaces.actions.roles import role, write_grant
from stoa.spaces.actions.space import make_space
from stoa.spaces.shipped import OWNER

INVITATIONS = 10


@dataclass(frozen=True)
class Answers:
    """All that set-up asks."""

    community: str
    zone: str
    whom: str
    share: str
    need: str
    is_team: bool
    wings: str
    name: str
    email: str
    password: str


def keep_typed(typed: Mapping[str, str]) -> None:
    """Keeps what was typed so far, right or wrong, so that set-up goes on where it was left. Never a password."""
    with transaction.atomic():
        row, _made = SettingUp.objects.select_for_update().get_or_create()
        row.typed = {**row.typed, **typed}
        row.save(update_fields=["typed"])


def begin_community(answers: Answers) -> Person:
    """Everything or nothing. Whoever holds the printed address becomes the owner; it opens nothing afterwards."""
    with transaction.atomic():
        if site().set_up_at is not None or Person.objects.exists():
            raise NotPossible(_("This place is set up already."), _("Sign in instead."))
        now = clock.now()
        Site.objects.update_or_create(
            id=1, defaults={"name": answers.community, "zone": answers.zone, "set_up_at": now, "is_demo": False}
        )
        owner = _owner(answers)
        by = actors.of_person(owner.id)
        spaces = _furnish(answers, owner, by)
        Beginning.objects.create(
            whom=answers.whom, share=answers.share, need=answers.need, is_team=answers.is_team,
            wings=answers.wings, by_id=owner.id, at=clock.now(),
        )  # fmt: skip
        SettingUp.objects.all().delete()
        announce(CommunityBegun(owner.id, spaces), by=by)
        transaction.on_commit(entrance.close)
        transaction.on_commit(forget_site)
    return owner


def _owner(answers: Answers) -> Person:
    account = Account(email=answers.email)
    account.set_password(answers.password)
    account.save(force_insert=True)
    EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
    owner = make_member(account, name=answers.name)
    owner.zone = answers.zone
    owner.save(update_fields=["zone"])
    write_grant(owner, role(OWNER), None, by=actors.system("front"))
    return owner


def _furnish(answers: Answers, owner: Person, by: Actor) -> int:
    """Everything that the place begins with. Gives the number of spaces."""
    words = {"whom": answers.whom, "share": answers.share, "need": answers.need}
    set_purpose(_("For %(whom)s, who share %(share)s: a place to %(need)s.") % words, by=by)
    if answers.wings != "community":
        connect_practice_channel(handle_of(answers.community), answers.community, by=by)
    if answers.wings != "social" or answers.is_team:
        for _each in range(INVITATIONS):
            invite(None, by=by, lasts=LONGEST - timedelta(minutes=1))
    if answers.wings == "social":
        return 0
    made = [make_space(settings, by=by) for settings in starter.spaces(answers.share)]
    draft = start_draft(by=by)
    for wording in starter.guidelines():
        write_clause(draft, wording, by=by)
    accept_guidelines(publish_guidelines(draft, _("Where we begin."), by=by), owner, by=by)
    for text, example in starter.norms():
        write_norm(text, example, by=by)
    for kind, label, hint in starter.questions():
        write_question(None, label=label, hint=hint, kind=kind, by=by)
    for space, plan in zip(made, starter.formats(answers.share), strict=True):
        keep_format(space, plan, by=by)
    return len(made)


def handle_of(name: str) -> str:
    """A handle on the practice network, as like the place's name as it may be."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:30].strip("-") or "our-place"
