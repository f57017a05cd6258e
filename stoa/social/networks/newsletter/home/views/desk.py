"""The desk: newsletters, who gets them, what became of each issue. Only for those who may manage them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stoa.base import cursors
from stoa.base.errors import Invalid
from stoa.base.pages import find, render, see_other
from stoa.base.requests import Request
from stoa.social.networks.newsletter.home.actions.exporting import export_list
from stoa.social.networks.newsletter.home.actions.newsletters import change_newsletter, make_newsletter
from stoa.social.networks.newsletter.home.actions.subscribing import end
from stoa.social.networks.newsletter.home.forms import NewNewsletterForm, NewsletterForm
from stoa.social.networks.newsletter.home.models import Newsletter, Subscriber
from stoa.social.networks.newsletter.home.models.subscriber import REMOVED
from stoa.social.networks.newsletter.home.overview import Overview, rows_of
from stoa.social.networks.newsletter.home.policy import must_manage

PAGE = 50
View = Callable[..., HttpResponse]


def managing(*methods: str) -> Callable[[View], View]:
    """Lets in who may manage newsletters; what these pages show is kept by nobody on the way."""

    def wrap(view: View) -> View:
        @require_http_methods(list(methods))
        @wraps(view)
        def answer(request: Request, **arguments: int | str) -> HttpResponse:
            must_manage(request.actor)
            made = view(request, **arguments)
            made["Cache-Control"] = "no-store"
            return made

        return answer

    return wrap


def manage_address(newsletter: Newsletter, noun: str = "managing") -> str:
    return reverse(f"newsletter:{noun}", kwargs={"newsletter_id": newsletter.id})


@managing("GET", "HEAD")
def desk(request: Request) -> HttpResponse:
    return render(request, "newsletter/desk.html", {"rows": rows_of()})


@managing("GET", "POST")
def making(request: Request) -> HttpResponse:
    form = NewNewsletterForm(request.POST or None)
    if form.is_valid():
        try:
            made = make_newsletter(form.cleaned_data["handle"], form.said, by=request.actor)
            return see_other(manage_address(made))
        except Invalid as refused:
            form.add_error(refused.field or None, refused.reason)
    return render(request, "newsletter/making.html", {"form": form}, status=422 if form.errors else 200)


@managing("GET", "HEAD")
def managing_one(request: Request, newsletter_id: int) -> HttpResponse:
    newsletter = find(Newsletter.objects.all(), id=newsletter_id)
    return render(request, "newsletter/managing.html", {"page": Overview.of(newsletter, to=request.actor)})


@managing("GET", "POST")
def settings(request: Request, newsletter_id: int) -> HttpResponse:
    newsletter = find(Newsletter.objects.all(), id=newsletter_id)
    form = NewsletterForm(request.POST) if request.method == "POST" else NewsletterForm.of(newsletter)
    if form.is_valid():
        try:
            change_newsletter(newsletter, form.said, by=request.actor)
            return see_other(manage_address(newsletter))
        except Invalid as refused:
            form.add_error(refused.field or None, refused.reason)
    values = {"form": form, "newsletter": newsletter}
    return render(request, "newsletter/settings.html", values, status=422 if form.errors else 200)


@managing("GET", "HEAD")
def subscribers(request: Request, newsletter_id: int) -> HttpResponse:
    """Those who get it, or those who ended it; by the beginning of an address."""
    newsletter = find(Newsletter.objects.all(), id=newsletter_id)
    asked, state = request.GET.get("q", "").strip().lower()[:254], "ended" if "ended" in request.GET else "subscribed"
    rows = Subscriber.objects.filter(newsletter=newsletter, state=state).select_related("brought")
    rows = rows.filter(address__startswith=asked) if asked else rows
    found = cursors.page(rows, "since", request.GET.get("before", ""), size=PAGE)
    values = {
        "newsletter": newsletter,
        "rows": found.rows,
        "older": found.next,
        "q": asked,
        "is_ended": state == "ended",
    }
    return render(request, "newsletter/subscribers.html", values, fragment="rows")


@managing("DELETE")
def subscriber(request: Request, newsletter_id: int, subscriber_id: int) -> HttpResponse:
    """Takes somebody off the list, at their wish; a list that is brought does not bring them back."""
    row = find(Subscriber.objects.filter(newsletter_id=newsletter_id).select_related("newsletter"), id=subscriber_id)
    end(row, REMOVED)
    messages.success(request, _("Taken off the list. The address is forgotten."))
    return see_other(manage_address(row.newsletter, "subscribers"))


@managing("POST")
def export(request: Request, newsletter_id: int) -> HttpResponse:
    """Everybody who gets it, as a table: yours to take elsewhere."""
    newsletter = find(Newsletter.objects.all(), id=newsletter_id)
    answer = HttpResponse(export_list(newsletter, by=request.actor), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{newsletter.handle}-subscribers.csv"'
    return answer
