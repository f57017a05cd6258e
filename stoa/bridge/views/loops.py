"""From a conversation to a topic, and back to where it was asked."""

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from stoa.base.errors import Invalid, NotAllowed, NotPossible, Refusal
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.bridge import policy
from stoa.bridge.actions import open_loop, tell_back
from stoa.bridge.actions.loops import first_message
from stoa.bridge.forms import LoopForm, ToldForm
from stoa.bridge.models import Loop
from stoa.social.listen.models import Conversation
from stoa.spaces.models import Space


def tended(request: Request, conversation_id: int) -> Conversation:
    found = find(Conversation.objects.visible_to(request.actor).with_faces(), id=conversation_id)
    if not policy.may_open_loop(request.actor, found):
        raise NotAllowed(_("You may not make topics of conversations."))
    return found


@require_http_methods(["GET", "POST"])
def loop(request: Request, conversation_id: int) -> HttpResponse:
    """Makes the topic; once there is one, shows how far it has come, and tells it back."""
    conversation = tended(request, conversation_id)
    known = Loop.objects.visible_to(request.actor).filter(conversation=conversation).select_related("topic").first()
    if known:
        return drawn(request, conversation, known, ToldForm(initial={"text": told_text(known)}))
    spaces = Space.objects.readable_by(request.actor).living().filter(visibility__in=("public", "members"))
    choices = {space.shown_id: space for space in spaces.order_by("name")}
    form = LoopForm(request.POST or None, initial={"source": opening(conversation)})
    form.fields["space"].choices = [(key, space.name) for key, space in choices.items()]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = open_loop(
                conversation,
                space=choices[given["space"]],
                title=given["title"],
                source=given["source"],
                by=request.actor,
            )
            return see_other(made.topic.get_absolute_url())
        except Refusal as refusal:
            form.add_error(None, refusal.reason)
    values = {"conversation": conversation, "form": form, "loop": None}
    return render(request, "bridge/loop.html", values, status=422 if form.errors else 200)


@require_POST
def told(request: Request, conversation_id: int) -> HttpResponse:
    """Answers where they asked."""
    conversation = tended(request, conversation_id)
    known = find(Loop.objects.visible_to(request.actor).select_related("topic"), conversation=conversation)
    form = ToldForm(request.POST)
    try:
        if form.is_valid():
            tell_back(known, form.cleaned_data["text"], by=request.actor)
            return see_other(conversation.address)
    except (Invalid, NotPossible) as refusal:
        form.add_error(None, refusal.reason)
    return drawn(request, conversation, known, form)


def drawn(request: Request, conversation: Conversation, known: Loop, form: ToldForm) -> HttpResponse:
    values = {"conversation": conversation, "form": form, "loop": known}
    return render(request, "bridge/loop.html", values, status=422 if form.errors else 200)


def opening(conversation: Conversation) -> str:
    """The beginning of the topic: who asked, and where."""
    said = first_message(conversation)
    where = said.permalink if said and said.permalink else conversation.channel.title
    words = _("%(whom)s asked us: %(where)s")
    return words % {"whom": conversation.with_whom or _("Somebody"), "where": where}


def told_text(known: Loop) -> str:
    address = f"{settings.STOA_URL}{known.topic.get_absolute_url()}"
    return _("This was answered in our community: %(address)s") % {"address": address}
