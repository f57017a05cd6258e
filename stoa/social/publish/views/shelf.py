"""Pictures in the composer: chosen from the library, and shown exactly as they will go out."""

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from stoa.base import files, ids
from stoa.base.errors import NotAllowed
from stoa.base.requests import Request
from stoa.base.views import HEADERS
from stoa.social.library.models import Asset
from stoa.social.networks.models import Channel
from stoa.social.publish import policy
from stoa.social.publish.fits import picture_on, seen_files
from stoa.social.publish.material import Shown
from stoa.social.publish.shelf import asset_picture

MOST = 20


def with_assets(request: Request, typed: QueryDict | None) -> QueryDict | None:
    """What was typed, the chosen assets standing among the pictures with what is said of them."""
    numbers = [number for key in request.POST.getlist("asset")[:MOST] if (number := ids.read(key))]
    if typed is None or request.POST.get("act") != "assets" or not numbers:
        return typed
    chosen = typed.copy()
    for asset in Asset.objects.visible_to(request.actor).with_file().filter(id__in=numbers).order_by("-at", "-id"):
        key, said = asset_picture(asset)
        if key not in chosen.getlist("pictures"):
            chosen.appendlist("pictures", key)
            for name, value in said.items():
                chosen[name] = value
    return chosen


@require_GET
def fitted(request: Request, file_id: int) -> HttpResponse:
    """A picture as a channel takes it: the bytes that will go out. Nothing is kept of it."""
    if not policy.may_compose(request.actor):
        raise NotAllowed(_("You may not write posts here."))
    shown = Shown(file_id, focal=request.GET.get("focal", ""))
    file = seen_files([shown], request.actor).get(file_id)
    if file is None or file.is_video:  # a video goes out as its own address shows it
        raise Http404
    wanted = ids.read(request.GET.get("channel", ""))
    channel = Channel.objects.visible_to(request.actor).filter(id=wanted or 0).first()
    with files.open_file(file) as opened:
        content, mime = opened.read(), file.media_type
    if channel and file.is_picture:
        made = picture_on(channel, shown, file)
        content, mime = made.content, made.mime
    return HttpResponse(content, content_type=mime, headers={**HEADERS, "Cache-Control": "private, max-age=600"})
