"""A trial: what a text becomes as an issue, and that mail to whoever tries it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from stoa.base import clock
from stoa.base.actors import Actor
from stoa.base.errors import NotPossible
from stoa.base.mail import write_letter
from stoa.social.networks.newsletter.home.letters import foot_of
from stoa.social.networks.newsletter.home.models import Issue, Newsletter
from stoa.social.networks.newsletter.home.policy import must_manage
from stoa.social.networks.newsletter.home.writing import Foot, html_of, plain_of

KIND = "newsletter.trial"


@dataclass(frozen=True)
class Trial:
    """An issue that is not kept, and what stands below it."""

    issue: Issue
    foot: Foot

    @classmethod
    def of(cls, newsletter: Newsletter, title: str, text: str, *, by: Actor) -> Trial:
        words = text.replace("\r\n", "\n").strip()
        issue = Issue(newsletter=newsletter, title=title.strip(), text=words, language=by.language, at=clock.now())
        return cls(issue, foot_of(issue, "", ""))

    @property
    def subject(self) -> str:
        return self.issue.title or self.issue.newsletter.name

    @property
    def plain(self) -> str:
        return plain_of(self.issue, [], self.foot)


def send_trial(trial: Trial, *, by: Actor) -> None:
    """The same words as everybody would get, marked as a trial, without what would end a subscription."""
    must_manage(by)
    if not by.address:
        raise NotPossible(_("Your account has no address that is proven."))
    html = html_of(trial.issue, [], trial.foot, address_of=lambda each: "")
    subject = _("Trial: %(subject)s") % {"subject": trial.subject}
    write_letter(KIND, subject=subject, text=trial.plain, html=html, person_id=by.person_id)
