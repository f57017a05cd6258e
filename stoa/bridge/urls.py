"""Addresses of this room."""

from django.urls import path

from stoa.bridge.views import campaigns, desk, loops, stories

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
    path("desk/campaigns/", campaigns.campaigns, name="campaigns"),
    path("desk/campaigns/<id:campaign_id>/", campaigns.campaign, name="campaign"),
    path("desk/campaigns/<id:campaign_id>/links/", campaigns.links, name="links"),
    path("desk/conversations/<id:conversation_id>/topic/", loops.loop, name="loop"),
    path("desk/conversations/<id:conversation_id>/told/", loops.told, name="told"),
]
