"""See it as…: on and off."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from stoa.base import ids
from stoa.base.pages import find, see_other
from stoa.base.requests import Request
from stoa.spaces.actions.sight import begin_sight, end_sight
from stoa.spaces.facts import SightKind
from stoa.spaces.models import Space


@require_http_methods(["POST", "DELETE"])
def sight(request: Request) -> HttpResponse:
    """Begins, in a space or from the desk; ends, and leads back to where it began."""
    if request.method == "DELETE":
        return see_other(end_sight(request.session, by=request.actor))
    asked, number = request.POST.get("kind", ""), ids.read(request.POST.get("space", ""))
    if asked not in {kind.value for kind in SightKind}:
        raise Http404
    space = find(Space.objects.visible_to(request.actor), id=number) if number else None
    back = reverse("spaces:manage", kwargs={"space_id": space.id}) if space else reverse("spaces:desk_spaces")
    begin_sight(request.session, SightKind(asked), space, back, by=request.actor)
    return see_other(space.address if space and asked == SightKind.MEMBER.value else "/")
