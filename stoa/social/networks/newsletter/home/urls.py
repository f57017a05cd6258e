"""The addresses of newsletters: public ones under /newsletters/, managing them at the desk."""

from django.urls import path

from stoa.social.networks.newsletter.home import api
from stoa.social.networks.newsletter.home.views import desk, letters, lists, public

app_name = "newsletter"
urlpatterns = [
    path("newsletters/", public.newsletters, name="newsletters"),
    path("newsletters/requests/", public.requests, name="requests"),
    path("newsletters/asked/", public.asked, name="asked"),
    path("newsletters/confirmations/<str:token>/", letters.confirmation, name="confirmation"),
    path("newsletters/stops/<str:token>/", letters.stop, name="stop"),
    path("newsletters/choices/<str:token>/", letters.choices, name="choices"),
    path("newsletters/pictures/<id:picture_id>/", public.picture, name="picture"),
    path("newsletters/api/newsletters", api.newsletters, name="api_newsletters"),
    path("newsletters/api/token", api.token, name="api_token"),
    path("newsletters/api/pictures", api.pictures, name="api_pictures"),
    path("newsletters/api/issues", api.issues, name="api_issues"),
    path("newsletters/api/issues/<str:issue_id>", api.issue, name="api_issue"),
    path("newsletters/api/numbers", api.numbers, name="api_numbers"),
    path("newsletters/<slug:handle>/", public.newsletter, name="newsletter"),
    path("newsletters/<slug:handle>/own/", public.own, name="own"),
    path("newsletters/<slug:handle>/issues/<id:issue_id>/", public.issue, name="issue"),
    path("desk/newsletters/", desk.desk, name="desk"),
    path("desk/newsletters/new/", desk.making, name="making"),
    path("desk/newsletters/<id:newsletter_id>/", desk.managing_one, name="managing"),
    path("desk/newsletters/<id:newsletter_id>/settings/", desk.settings, name="settings"),
    path("desk/newsletters/<id:newsletter_id>/trial/", lists.trial, name="trial"),
    path("desk/newsletters/<id:newsletter_id>/list/", lists.bringing, name="bringing"),
    path("desk/newsletters/<id:newsletter_id>/list.csv", desk.export, name="export"),
    path("desk/newsletters/<id:newsletter_id>/subscribers/", desk.subscribers, name="subscribers"),
    path("desk/newsletters/<id:newsletter_id>/subscribers/<id:subscriber_id>/", desk.subscriber, name="subscriber"),
]
