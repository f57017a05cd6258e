"""While a restriction holds within a space: who is restricted there is not let in anew, and is told why they do not write."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from stoa.base.actors import Actor
from stoa.base.errors import NotAllowed, NotPossible
from stoa.people.models import Person
from stoa.spaces.models import Space, SpaceRestriction


def keep_out(person: Person, space: Space) -> None:
    """Refuses who is restricted there. One query."""
    held = SpaceRestriction.objects.holding().filter(space=space, person=person).order_by("-until").first()
    if held is not None:
        raise NotPossible(
            _("A decision restricts this person in this space until %(day)s.") % {"day": date_format(held.until)},
            _("It can be appealed; when it is over they can come in as everybody can."),
        )


def refuse_restricted(space: Space, *, by: Actor) -> None:
    """Says why somebody cannot write there whom a decision restricts in this space; no query."""
    if space.scope in by.restricted:
        raise NotAllowed(
            _("A decision keeps you from writing in this space for now."),
            _("Its reasons, its end and the way to appeal stand on the space's page."),
        )
