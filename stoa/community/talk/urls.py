"""Addresses of topics and replies: flat plural nouns, the id first, the slug for people."""

from django.urls import path

from stoa.community.talk.views import introductions, kinds, lists, marks, progress, replies, saved, search, tags, topics

app_name = "talk"
urlpatterns = [
    path("topics/", lists.latest, name="topics"),
    path("search/", search.found, name="search"),
    path("search/suggestions/", search.suggested, name="suggestions"),
    path("search/saved/", saved.saved_searches, name="saved_searches"),
    path("search/saved/<id:saved_id>/", saved.saved_search, name="saved_search"),
    path("desk/introductions/<id:person_id>/", introductions.introduction, name="introduction"),
    path("spaces/<id:space_id>/topics/", lists.of_space, name="space_topics"),
    path("topics/new/", topics.begin, name="begin"),
    path("topics/progress/", progress.everywhere, name="all_progress"),
    path("spaces/<id:space_id>/progress/", progress.of_space, name="space_progress"),
    path("spaces/<id:space_id>/topics/new/", topics.new, name="new_topic"),
    path("topics/<id:topic_id>/", topics.topic, name="topic_short"),
    path("topics/<id:topic_id>-<str:slug>/", topics.topic, name="topic"),
    path("topics/<id:topic_id>/new/", progress.new, name="new"),
    path("topics/<id:topic_id>/newest/", progress.newest, name="newest"),
    path("topics/<id:topic_id>/progress/", progress.progress, name="progress"),
    path("topics/<id:topic_id>/edit/", topics.edit, name="edit_topic"),
    path("topics/<id:topic_id>/closure/", topics.closure, name="closure"),
    path("topics/<id:topic_id>/presence/", topics.presence, name="topic_presence"),
    path("topics/<id:topic_id>/place/", topics.place, name="place"),
    path("topics/<id:topic_id>/marks/", marks.under_topic, name="topic_marks"),
    path("topics/<id:topic_id>/tags/", tags.of_topic, name="topic_tags"),
    path("tags/", tags.tags, name="tags"),
    path("tags/vocabulary/", tags.vocabulary, name="vocabulary"),
    path("tags/topics/", tags.tag, name="tag"),
    path("spaces/<id:space_id>/tags/", tags.vocabulary_of_space, name="space_vocabulary"),
    path("topics/<id:topic_id>/vote/", kinds.vote, name="vote"),
    path("topics/<id:topic_id>/ballot/", kinds.ballot, name="ballot"),
    path("topics/<id:topic_id>/outcome/", kinds.outcome, name="outcome"),
    path("topics/<id:topic_id>/pin/", kinds.pin, name="pin"),
    path("topics/<id:topic_id>/replies/", replies.replies, name="replies"),
    path("replies/<id:reply_id>/", replies.reply, name="reply"),
    path("replies/<id:reply_id>/edit/", replies.edit, name="edit_reply"),
    path("replies/<id:reply_id>/marks/", marks.under_reply, name="reply_marks"),
    path("replies/<id:reply_id>/acceptance/", marks.acceptance, name="acceptance"),
    path("replies/<id:reply_id>/presence/", replies.presence, name="reply_presence"),
]
