"""The door's step of placing: spaces whose interests match what somebody said; they tick, nothing is ticked for them."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from stoa.base.actors import Actor, Standing
from stoa.base.pages import piece
from stoa.base.requests import Request
from stoa.people.door import Step
from stoa.people.models import Person
from stoa.spaces.actions.entry import let_in
from stoa.spaces.models import Space

MOST = 6


def suggested(person: Person) -> list[tuple[Space, list[str]]]:
    """Open spaces that members see, those that share most interests first; each with what it shares."""
    own = set(person.interests)
    spaces = Space.objects.filter(visibility__in=("public", "members"), joining="open", state="active")
    found = [(space, [word for word in space.interests if word in own]) for space in spaces.order_by("name", "id")]
    return sorted(found, key=lambda pair: -len(pair[1]))[:MOST]


def is_needed(person: Person, actor: Actor) -> bool:
    return bool(suggested(person))


def draw(request: Request, person: Person) -> str:
    return piece(
        request, "spaces/placing.html", {"suggested": suggested(person), "ticked": request.POST.getlist("space")}
    )


def take(person: Person, form: QueryDict, *, by: Actor) -> None:
    """Lets them into what they ticked, among what was offered."""
    if by.person_id != person.id or by.standing is Standing.SUSPENDED:
        return
    ticked = set(form.getlist("space"))
    for space, _shared in suggested(person):
        if space.shown_id in ticked:
            let_in(person, space, "space.member", by=by)


STEP = Step("placing", 30, lambda: _("Your spaces"), is_needed, draw, take)
