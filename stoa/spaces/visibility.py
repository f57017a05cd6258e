"""What may be seen of spaces and of what stands in them: the one place that says it, for lists, counts, feeds, search and exports.

Rooms above write `Topic.objects.filter(readable(actor))` in their `visible_to`. Site roles give no sight of closed spaces:
only a grant in that very space does.
"""

from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from stoa.base import search
from stoa.base.actors import Actor
from stoa.spaces.models.invitation import Invitation
from stoa.spaces.models.space import Space

READ = "spaces.read"
SEE_QUESTIONS = "spaces.see_all_questions"


def readable(actor: Actor, prefix: str = "space", author: str = "") -> Q:
    """The condition on rows whose space hangs at `prefix` ("" for spaces themselves).

    With `author` (the field that holds the author's person), a space that shows each member only their own topics is honoured too.
    """
    at = f"{prefix}__" if prefix else ""
    if not actor.is_member:
        open_to_all = Q(**{f"{at}visibility": "public"})
        return open_to_all & _own_only(actor, at, author) if author else open_to_all
    own = actor.scope_ids("space", READ)
    found = Q(**{f"{at}visibility__in": ("public", "members")}) | Q(**{f"{at}id__in": own})
    return found & _own_only(actor, at, author) if author else found


def _own_only(actor: Actor, at: str, author: str) -> Q:
    seen = Q(**{f"{at}ask_team": False}) | Q(**{f"{at}id__in": actor.scope_ids("space", SEE_QUESTIONS)})
    return Q(seen, Q(**{author: actor.person_id}), _connector=Q.OR) if actor.person_id else seen


def known(actor: Actor, now: datetime | None = None, address: str | None = None) -> Q:
    """The condition on spaces of whose existence the actor may know. What stands says the moment and the actor's address, since
    invitations ask for both."""
    if not actor.is_member:
        return Q(visibility="public")
    invited = Invitation.objects.addressed_to(actor, now, address).filter(space_id=OuterRef("pk"))
    return ~Q(visibility="secret") | Q(id__in=actor.scope_ids("space", READ)) | Q(Exists(invited))


def may_read(actor: Actor, space: Space) -> bool:
    """Whether the actor reads this one space's content; asks no query."""
    if space.visibility == "public":
        return True
    return actor.is_member and (space.visibility == "members" or actor.holds(READ, space.scope))


def may_see_all_questions(actor: Actor, space: Space) -> bool:
    """In a space of the kind *ask the team*: whether others' topics are shown too."""
    return not space.ask_team or actor.holds(SEE_QUESTIONS, space.scope)


def audience_of(space: Space) -> search.Audience:
    """Who may find what lies in this space, for its documents in the index (a topic of *ask the team* is for one person)."""
    if space.visibility == "public":
        return search.Audience.PUBLIC
    return search.Audience.MEMBERS if space.visibility == "members" else search.Audience.SCOPE
