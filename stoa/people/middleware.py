"""A draft goes when its form was taken: told by where the answer leads on to, whatever form of whatever room it was."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from stoa.people.actions.drafts import as_kept, forget_sent

TAKEN = (302, 303)


class ForgetsSentDrafts:
    """A form says by `draft` and `draft_version` which draft it sends. What was refused keeps its draft."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        place = request.POST.get("draft", "")[:60] if answer.status_code in TAKEN else ""
        if place and request.actor.is_member:  # type: ignore[attr-defined]
            version = request.POST.get("draft_version", "")
            texts = {as_kept(str(value)) for value in request.POST.values()}
            known = int(version) if version.isdecimal() and len(version) < 10 else 0
            forget_sent(place, known, texts, by=request.actor)  # type: ignore[attr-defined]
        return answer
