"""What this room does when something happens: who is here is told what is asked of everyone."""

from stoa.base.actors import system
from stoa.base.facts import Told, hears
from stoa.people.actions.notice import tell
from stoa.people.facts import ProfileFieldAsked
from stoa.people.models import Person, ProfileField

ASKED = "people.asked"


@hears(ProfileFieldAsked, name="people.asking")
def tell_everybody(told: Told[ProfileFieldAsked]) -> None:
    """One notice each, merged with an unread one about the same field."""
    if ProfileField.objects.asked().filter(id=told.fact.field, asked="everyone").exists():
        members = Person.objects.filter(standing="member").values_list("id", flat=True)
        tell(members, ASKED, ("people.field", told.fact.field), by=system("people"))
