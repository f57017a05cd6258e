"""One's next digest, as it stands, and how often it comes."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base.addresses import address
from stoa.base.errors import NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.community.talk import digest_words
from stoa.community.talk.actions import set_rhythm
from stoa.community.talk.digesting import lines_for
from stoa.community.talk.models.digest import digest_of


@require_http_methods(["GET", "POST"])
def digest(request: Request) -> HttpResponse:
    """What it would say now, each line with its score."""
    if not request.actor.is_member:
        raise NotAllowed(_("The digest is for members."), _("Join, or sign in."))
    if request.method == "POST":
        set_rhythm(request.POST.get("rhythm", ""), by=request.actor)
        return see_other(address("talk:digest"))
    own = digest_of(request.actor)
    values = {
        "digest": own, "lines": lines_for(request.actor, own), "why": digest_words.why, "news": digest_words.news,
        "rhythms": digest_words.rhythm_names(),
    }  # fmt: skip
    return render(request, "talk/digest.html", values)
