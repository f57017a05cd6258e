"""Discussions: topics and their replies, in a space. Owns both, search of them, and their live pages.

Announces: topic_opened, topic_edited, topic_closed, topic_reopened, topic_moved, topic_withdrawn, topic_hidden, topic_restored,
idea_voted_for, idea_vote_taken_back, idea_answered, poll_voted_in, topic_pinned, topic_unpinned,
topic_split, topic_merged, slow_mode_set, slow_mode_ended, topic_planned and planned_topic_*, ritual_*,
reply_added, reply_edited, reply_withdrawn, reply_hidden, reply_restored.
"""
