"""The door's step of acceptance: the guidelines in force with one norm and its example; which version was accepted is recorded."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import Invalid
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.moderation.actions.guidelines import accept_guidelines
from stoa.moderation.models import GuidelineVersion, Norm
from stoa.moderation.models.guideline import version_to_accept
from stoa.people.door import Step
from stoa.people.models import Person


def is_needed(person: Person, actor: Actor) -> bool:
    return version_to_accept(person.id) is not None


def draw(request: Request, person: Person) -> str:
    version = GuidelineVersion.objects.visible_to(request.actor).current()
    norm = Norm.objects.visible_to(request.actor).holding().filter(space=None).first()
    values = {"version": version, "clauses": list(version.clauses.all()) if version else [], "norm": norm}
    return piece(request, "moderation/accepting.html", values)


def take(person: Person, form: QueryDict, *, by: Actor) -> None:
    """Accepts the version that was shown; another one that came into force meanwhile is asked for again."""
    version = version_to_accept(person.id)
    if version is None:
        return
    if form.get("accepts") != version.shown_id:
        raise Invalid(_("Please accept the guidelines as they are now."))
    accept_guidelines(version, person, by=by)


STEP = Step("acceptance", 20, lambda: _("How we are here"), is_needed, draw, take)
