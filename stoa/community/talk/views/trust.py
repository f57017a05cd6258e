"""What somebody may do here and what is missing for more: for themselves, and at the desk for those who look after members."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.community.talk import levels
from stoa.community.talk.forms import LevelForm
from stoa.community.talk.trust import TrustPage
from stoa.community.talk.views.topics import show_in
from stoa.people.actions.standing import give_level
from stoa.people.models import Person
from stoa.people.policy import may_give_level, may_see_desk_members


@require_GET
def own(request: Request) -> HttpResponse:
    if not request.actor.is_member:
        raise NotAllowed(_("This page is for members."), _("Join, or sign in."))
    me = find(Person.objects.visible_to(request.actor), id=request.actor.person_id)
    return render(request, "talk/trust.html", {"page": TrustPage.of(me, request.actor), "names": levels.names})


@require_http_methods(["GET", "POST"])
def of_member(request: Request, person_id: int) -> HttpResponse:
    if not may_see_desk_members(request.actor):
        raise NotAllowed(_("This page is for those who look after members."))
    person = find(Person.objects.visible_to(request.actor), id=person_id)
    form = LevelForm(request.POST or None, initial={"level": person.level})
    if request.method == "POST" and form.is_valid():
        try:
            give_level(person, **form.cleaned_data, by=request.actor)
            return see_other(request.path)
        except Invalid as refusal:
            show_in(form, refusal)
    values = {"page": TrustPage.of(person, request.actor), "names": levels.names, "form": form}
    values["may_give"] = may_give_level(request.actor, person)
    return render(request, "talk/member_trust.html", values, status=422 if form.errors else 200)
