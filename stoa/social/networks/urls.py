"""Addresses of channels at the desk."""

from django.urls import path

from stoa.social.networks.views import byhand, channels, holds, signing

app_name = "networks"
urlpatterns = [
    path("desk/channels/", channels.channels, name="channels"),
    path("desk/channels/new/", channels.networks, name="networks"),
    path("desk/channels/new/<slug:network>/", channels.connecting, name="connecting"),
    path("desk/channels/new/<slug:network>/by-hand/", byhand.connecting, name="by_hand"),
    path("desk/channels/new/<slug:network>/sign-in/", signing.leaving, name="sign_in"),
    path("desk/channels/sign-in/return", signing.returned, name="sign_in_return"),
    path("desk/channels/sign-ins/<id:signing_id>/", signing.choosing, name="signing"),
    path("desk/channels/<id:channel_id>/", channels.channel, name="channel"),
    path("desk/channels/<id:channel_id>/connection/", channels.connection, name="connection"),
    path("desk/channels/<id:channel_id>/budget/", channels.budget, name="budget"),
    path("desk/holds/", holds.holds, name="holds"),
    path("desk/stopped/", holds.stopped, name="stopped"),
    path("desk/holds/<id:hold_id>/", holds.hold, name="hold"),
]
