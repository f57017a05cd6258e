"""Bookmarks: the page of one's own, and one of them with its note and reminder."""

from datetime import datetime, time, timedelta

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from stoa.base import clock, things
from stoa.base.errors import Invalid, NotAllowed
from stoa.base.pages import render, see_other
from stoa.base.requests import Request
from stoa.people.actions.bookmarks import bookmark, take_bookmark_away
from stoa.people.bookmarking import bookmarks_page
from stoa.people.models import Bookmark


class BookmarkForm(forms.Form):
    """A note, and when to be reminded, in one's own zone."""

    note = forms.CharField(label=gettext_lazy("Note to yourself"), max_length=300, required=False)
    remind_at = forms.DateTimeField(
        label=gettext_lazy("Remind me"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )


@require_GET
def bookmarks(request: Request) -> HttpResponse:
    """What one wants to find again, the latest first."""
    if not request.actor.is_member:
        raise NotAllowed(_("Bookmarks are for members."), _("Join, or sign in."))
    page = bookmarks_page(request.actor, request.GET.get("before", ""))
    return render(request, "people/bookmarks.html", {"page": page})


@require_http_methods(["GET", "POST", "DELETE"])
def mark(request: Request, key: str, number: int) -> HttpResponse:
    """One thing: marked, its note and reminder changed, no longer marked."""
    card = things.cards([(key, number)], to=request.actor).get((key, number))
    if card is None or not request.actor.is_member:
        raise Http404
    if request.method == "DELETE":
        take_bookmark_away((key, number), by=request.actor)
        return see_other(reverse("people:bookmarks") if request.POST.get("from") == "list" else card.address)
    row = Bookmark.objects.visible_to(request.actor).filter(thing_key=key, thing_id=number).first()
    if row and request.method == "POST" and "note" not in request.POST:  # pressed on a page that was drawn before
        return see_other(card.address)
    before = {"note": row.note, "remind_at": row.remind_at} if row else {}
    form = BookmarkForm(request.POST if request.method == "POST" else None, initial=before)
    if request.method == "POST" and form.is_valid():
        try:
            bookmark((key, number), form.cleaned_data["note"], moment(request, form), by=request.actor)
            return see_other(reverse("people:bookmarks") if "note" in request.POST else card.address)
        except Invalid as refusal:
            form.add_error("remind_at", refusal.reason)
    values = {"form": form, "card": card, "row": row, "key": key, "number": number}
    return render(request, "people/bookmark.html", values, status=422 if form.errors else 200)


def moment(request: Request, form: BookmarkForm) -> datetime | None:
    """The moment that was typed, or that a button stands for: tomorrow or in a week at nine, where the reader is."""
    days = {"tomorrow": 1, "week": 7}.get(request.POST.get("when", ""))
    if days is None:
        typed: datetime | None = form.cleaned_data["remind_at"]
        return typed
    day = (clock.now().astimezone(timezone.get_current_timezone()) + timedelta(days=days)).date()
    return timezone.make_aware(datetime.combine(day, time(9)))
