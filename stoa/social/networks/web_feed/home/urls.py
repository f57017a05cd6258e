"""The addresses of feeds, all under /feeds/."""

from django.urls import path

from stoa.social.networks.web_feed.home import api, views

app_name = "web_feed"
urlpatterns = [
    path("", views.feeds, name="feeds"),
    path("api/feeds", api.feeds, name="api_feeds"),
    path("api/token", api.token, name="api_token"),
    path("api/pictures", api.pictures, name="api_pictures"),
    path("api/entries", api.entries, name="api_entries"),
    path("api/entries/<str:entry_id>", api.entry, name="api_entry"),
    path("pictures/<id:picture_id>/", views.picture, name="picture"),
    path("<slug:handle>/", views.feed, name="feed"),
    path("<slug:handle>/atom.xml", views.atom, name="atom"),
    path("<slug:handle>/rss.xml", views.rss, name="rss"),
    path("<slug:handle>/entries/<id:entry_id>/", views.entry, name="entry"),
]
