"""Addresses of this room: posts and deliveries at the desk, and `/l/CODE`."""

from django.urls import path

from stoa.social.publish.views import (
    boosts,
    changes,
    compose,
    corrections,
    deliveries,
    fetches,
    hands,
    links,
    posts,
    risks,
    schedules,
    shelf,
)

app_name = "publish"
urlpatterns = [
    path("desk/posts/", posts.posts, name="posts"),
    path("desk/posts/new/", compose.new, name="new_post"),
    path("desk/posts/checks/", compose.checks, name="checks"),
    path("desk/posts/fitted/<id:file_id>/", shelf.fitted, name="fitted"),
    path("desk/posts/<id:post_id>/", posts.post, name="post"),
    path("desk/posts/<id:post_id>/edit/", compose.edit, name="edit_post"),
    path("desk/posts/<id:post_id>/draft/", posts.draft, name="draft"),
    path("desk/posts/<id:post_id>/schedules/new/", schedules.new, name="new_schedule"),
    path("desk/schedules/", schedules.schedules, name="schedules"),
    path("desk/schedules/<id:schedule_id>/", schedules.schedule, name="schedule"),
    path("desk/schedules/<id:schedule_id>/edit/", schedules.edit, name="edit_schedule"),
    path("desk/schedules/<id:schedule_id>/state/", schedules.state, name="schedule_state"),
    path("desk/schedules/<id:schedule_id>/words/", schedules.words, name="schedule_words"),
    path("desk/schedules/<id:schedule_id>/times/<int:number>/omission/", schedules.skip, name="schedule_time"),
    path("desk/channels/<id:channel_id>/at-risk/", risks.at_risk, name="at_risk"),
    path("desk/deliveries/<id:delivery_id>/", deliveries.delivery, name="delivery"),
    path("desk/deliveries/<id:delivery_id>/edit/", changes.change, name="change"),
    path("desk/deliveries/<id:delivery_id>/correction/", corrections.correction, name="correction"),
    path("desk/deliveries/<id:delivery_id>/hold/", deliveries.hold, name="hold"),
    path("desk/deliveries/<id:delivery_id>/withdrawal/", deliveries.withdrawal, name="withdrawal"),
    path("desk/deliveries/<id:delivery_id>/sending/", deliveries.sending, name="sending"),
    path("desk/deliveries/<id:delivery_id>/confirmation/", deliveries.confirmation, name="confirmation"),
    path("desk/deliveries/<id:delivery_id>/hand/", hands.hand, name="hand"),
    path("desk/deliveries/<id:delivery_id>/reminder/", hands.reminder, name="reminder"),
    path("desk/deliveries/<id:delivery_id>/takedown/", deliveries.takedown, name="takedown"),
    path("desk/deliveries/<id:delivery_id>/release/", deliveries.release, name="release"),
    path("desk/deliveries/<id:delivery_id>/boosts/", boosts.boosts, name="boosts"),
    path("desk/boosts/<id:boost_id>/", boosts.boost, name="boost"),
    path("desk/deliveries/<id:delivery_id>/omission/", deliveries.omission, name="omission"),
    path("fetch/<str:ticket>/<str:name>", fetches.fetch, name="fetch"),
    path("l/<str:code>", links.link, name="link"),
]
