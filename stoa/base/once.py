"""A form does its work once: pressed twice, or sent again by an impatient browser, it leads where the first one led.

    {{ once() }}                 in a form: a token that no other drawing of it has
    @once.per_form               on its view, below the check of methods

The same token with other content is another form: nothing that somebody wrote is swallowed.
"""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from markupsafe import Markup

from stoa.base.models.sent_form import SentForm
from stoa.base.pages import see_other
from stoa.base.previews import is_asked
from stoa.base.requests import Request

View = Callable[..., HttpResponse]
FIELD = "once"
REDIRECTS = (302, 303)
OTHER_FIELDS = {FIELD, "csrfmiddlewaretoken"}


def field() -> Markup:
    """The hidden field with a fresh token."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, secrets.token_urlsafe(12))


def per_form(view: View) -> View:
    """The view's work is done once for each form that was drawn. Who comes second waits for the first, in the database."""

    @wraps(view)
    def answered(request: Request, *arguments: Any, **named: Any) -> HttpResponse:
        if request.method != "POST" or request.actor.person_id is None or not request.POST.get(FIELD):
            return view(request, *arguments, **named)
        if is_asked(request):  # nothing is kept of it: not that it was sent, either
            return view(request, *arguments, **named)
        with transaction.atomic():
            row, is_first = SentForm.objects.get_or_create(key=key_of(request))
            if not is_first:
                return see_other(row.address)
            answer = view(request, *arguments, **named)
            if answer.status_code in REDIRECTS:
                SentForm.objects.filter(id=row.id).update(address=answer.headers["Location"][:2000])
            else:
                row.delete()
        return answer

    return answered


def key_of(request: Request) -> str:
    """A digest of who, where, which form and what stands in it."""
    said = [str(request.actor.person_id), request.path, request.POST[FIELD]]
    for name, values in sorted(request.POST.lists()):
        said += [name, *values] if name not in OTHER_FIELDS else []
    for name, files in sorted(request.FILES.lists()):
        said += [name, *(f"{file.name} {file.size}" for file in files)]
    return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()


def forget_sent(before: datetime) -> None:
    """Forgets forms that were sent before that instant."""
    SentForm.objects.filter(at__lt=before).delete()
