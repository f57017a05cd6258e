"""The desk's page of one introduction: whom a newcomer might like to meet, and bringing them together."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base.errors import NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk.actions.introducing import introduce
from stoa.community.talk.introducing import first_topic, matches_for
from stoa.community.talk.models import Introduction
from stoa.community.talk.policy import may_introduce
from stoa.people.models import Person


@require_http_methods(["GET", "POST"])
def introduction(request: Request, person_id: int) -> HttpResponse:
    if not may_introduce(request.actor):
        raise NotAllowed(_("Introducing people is for the team."))
    newcomer = find(Person.objects.visible_to(request.actor).filter(standing="member"), id=person_id)
    done = Introduction.objects.visible_to(request.actor).filter(newcomer=newcomer).select_related("welcomer")
    matches = matches_for(newcomer, request.actor) if not done else []
    if request.method == "POST":
        chosen = request.POST.getlist("welcomer")
        introduce(newcomer, [match for match in matches if match.person.shown_id in chosen], by=request.actor)
        return see_other(request.path)
    values = {"newcomer": newcomer, "matches": matches, "done": done, "topic": first_topic(newcomer)}
    return render(request, "talk/introduction.html", values)
