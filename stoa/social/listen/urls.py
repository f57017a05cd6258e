"""Addresses of the inbox, and of how channels look to a stranger."""

from django.urls import path

from stoa.social.listen.views import conversations, inbox, presence

app_name = "listen"
urlpatterns = [
    path("desk/inbox/", inbox.inbox, name="inbox"),
    path("desk/inbox/<id:conversation_id>/", conversations.conversation, name="conversation"),
    path("desk/inbox/<id:conversation_id>/answers/", conversations.answers, name="answers"),
    path("desk/inbox/<id:conversation_id>/counts/", conversations.counts, name="counts"),
    path("desk/inbox/<id:conversation_id>/closure/", conversations.closure, name="closure"),
    path("desk/inbox/<id:conversation_id>/assignment/", conversations.assignment, name="assignment"),
    path("desk/inbox/<id:conversation_id>/snooze/", conversations.snooze, name="snooze"),
    path("desk/inbox/<id:conversation_id>/matter/", conversations.matter, name="matter"),
    path("desk/presence/", presence.presence, name="presence"),
    path("desk/presence/<id:channel_id>/", presence.channel, name="appearance"),
]
