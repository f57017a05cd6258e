"""Plaza's addresses, all under /plaza/."""

from django.urls import path

from stoa.social.networks.plaza.home import api
from stoa.social.networks.plaza.home.views import strangers, timeline

app_name = "plaza"
urlpatterns = [
    path("", timeline.timeline, name="timeline"),
    path("connecting/", timeline.connecting, name="connecting"),
    path("accounts/<slug:handle>/", timeline.account, name="account"),
    path("accounts/<slug:handle>/avatar.svg", timeline.avatar, name="avatar"),
    path("accounts/<slug:handle>/words/", strangers.words, name="words"),
    path("pictures/<id:picture_id>/", timeline.picture, name="picture"),
    path("posts/", strangers.write, name="posts"),
    path("posts/<id:post_id>/", timeline.post, name="post"),
    path("posts/<id:post_id>/answers/", strangers.answer, name="answers"),
    path("posts/<id:post_id>/likes/", strangers.like, name="likes"),
    path("posts/<id:post_id>/reposts/", strangers.repost, name="reposts"),
    path("sightings/", strangers.sightings, name="sightings"),
    path("api/accounts", api.accounts, name="api_accounts"),
    path("api/account", api.account, name="api_account"),
    path("api/token", api.token, name="api_token"),
    path("api/media", api.media, name="api_media"),
    path("api/posts", api.posts, name="api_posts"),
    path("api/posts/<str:post_id>", api.post, name="api_post"),
    path("api/notifications", api.notifications, name="api_notifications"),
    path("api/readings", api.readings, name="api_readings"),
]
