"""The room's tables, one noun per file."""

from stoa.community.talk.models.caught_up import CaughtUp
from stoa.community.talk.models.day_here import DayHere, TrustCount
from stoa.community.talk.models.digest import Digest
from stoa.community.talk.models.idea import IdeaVote, Outcome
from stoa.community.talk.models.introduction import Introduction
from stoa.community.talk.models.mark import Mark
from stoa.community.talk.models.poll import Ballot, Poll, PollOption
from stoa.community.talk.models.presence import Presence
from stoa.community.talk.models.progress import Progress
from stoa.community.talk.models.reply import Reply, visible_replies
from stoa.community.talk.models.saved_search import SavedSearch, visible_saved_searches
from stoa.community.talk.models.tag import TagRule, TopicTag
from stoa.community.talk.models.top_topic import TopTopic
from stoa.community.talk.models.topic import Topic, visible_topics
from stoa.community.talk.models.version import Version

__all__ = [
    "Ballot",
    "CaughtUp",
    "DayHere",
    "Digest",
    "IdeaVote",
    "Introduction",
    "Mark",
    "Outcome",
    "Poll",
    "PollOption",
    "Presence",
    "Progress",
    "Reply",
    "SavedSearch",
    "TagRule",
    "TopTopic",
    "Topic",
    "TopicTag",
    "TrustCount",
    "Version",
    "visible_replies",
    "visible_saved_searches",
    "visible_topics",
]
