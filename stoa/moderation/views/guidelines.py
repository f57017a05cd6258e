"""The guidelines as everybody reads them, their older versions, accepting them, and the public log."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.moderation.actions.guidelines import accept_guidelines
from stoa.moderation.models import GuidelineVersion
from stoa.moderation.reading import guidelines_page
from stoa.moderation.transparency import last_month, log_page
from stoa.people.models import Person


@require_GET
def guidelines(request: Request) -> HttpResponse:
    return render(request, "moderation/guidelines.html", guidelines_page(request.actor))


@require_GET
def version(request: Request, number: int) -> HttpResponse:
    """One version, with what changed since the one before it."""
    page = guidelines_page(request.actor, number)
    if page["version"] is None:
        raise Http404
    return render(request, "moderation/guidelines.html", page)


@require_POST
def acceptance(request: Request) -> HttpResponse:
    """Accepts the version that was shown."""
    person = find(Person.objects.visible_to(request.actor).members(), id=request.actor.person_id or 0)
    current = GuidelineVersion.objects.visible_to(request.actor).current()
    if current is None:
        raise Http404
    if request.POST.get("accepts") != current.shown_id:
        raise Invalid(_("The guidelines have changed meanwhile: please read them again."))
    accept_guidelines(current, person, by=request.actor)
    return see_other(reverse("moderation:guidelines"))


@require_GET
def log(request: Request) -> HttpResponse:
    """Every decision, without names or words."""
    page = log_page(request.actor, request.GET.get("before", ""))
    return render(request, "moderation/log.html", {"page": page, "month": last_month(request.actor)})
