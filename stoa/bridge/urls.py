"""Addresses of this room."""

from django.urls import path

from stoa.bridge.views import desk, stories

app_name = "bridge"
urlpatterns = [
    path("stories/", stories.stories, name="stories"),
    path("stories/<id:right_id>/", stories.story, name="story"),
    path("stories/<id:right_id>/grant/", stories.grant, name="grant"),
    path("stories/<id:right_id>/refusal/", stories.refusal, name="refusal"),
    path("desk/stories/", desk.stories, name="desk_stories"),
    path("desk/stories/<id:right_id>/", desk.story, name="desk_story"),
    path("topics/<id:topic_id>/usage-right/", desk.ask_for_topic, name="ask_for_topic"),
    path("replies/<id:reply_id>/usage-right/", desk.ask_for_reply, name="ask_for_reply"),
]
