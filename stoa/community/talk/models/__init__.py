"""The room's tables, one noun per file."""

from stoa.community.talk.models.badge import Badge, BadgeEvidence, BadgeHidden, visible_badges
from stoa.community.talk.models.caught_up import CaughtUp
from stoa.community.talk.models.day_here import DayHere, TrustCount
from stoa.community.talk.models.digest import Digest
from stoa.community.talk.models.direct_message import DirectMessage, visible_direct_messages
from stoa.community.talk.models.direct_wish import DirectWish
from stoa.community.talk.models.exchange import Exchange, Participant, visible_exchanges
from stoa.community.talk.models.idea import IdeaVote, Outcome
from stoa.community.talk.models.introduction import Introduction
from stoa.community.talk.models.mailed import MailedReply
from stoa.community.talk.models.mark import Mark
from stoa.community.talk.models.planned_topic import PlannedTopic, visible_planned_topics
from stoa.community.talk.models.poll import Ballot, Poll, PollOption
from stoa.community.talk.models.presence import Presence
from stoa.community.talk.models.progress import Progress
from stoa.community.talk.models.reply import Reply, visible_replies
from stoa.community.talk.models.ritual import Ritual, RitualTopic, visible_rituals
from stoa.community.talk.models.saved_search import SavedSearch, visible_saved_searches
from stoa.community.talk.models.split import Split
from stoa.community.talk.models.tag import TagRule, TopicTag
from stoa.community.talk.models.top_topic import TopTopic
from stoa.community.talk.models.topic import Topic, visible_topics
from stoa.community.talk.models.unseen import Unseen
from stoa.community.talk.models.version import Version
from stoa.community.talk.models.welcome import SavedWelcome, Welcome

__all__ = [
    "Badge",
    "BadgeEvidence",
    "BadgeHidden",
    "Ballot",
    "CaughtUp",
    "DayHere",
    "Digest",
    "DirectMessage",
    "DirectWish",
    "Exchange",
    "IdeaVote",
    "Introduction",
    "MailedReply",
    "Mark",
    "Outcome",
    "Participant",
    "PlannedTopic",
    "Poll",
    "PollOption",
    "Presence",
    "Progress",
    "Reply",
    "Ritual",
    "RitualTopic",
    "SavedSearch",
    "SavedWelcome",
    "Split",
    "TagRule",
    "TopTopic",
    "Topic",
    "TopicTag",
    "TrustCount",
    "Unseen",
    "Version",
    "Welcome",
    "visible_badges",
    "visible_direct_messages",
    "visible_exchanges",
    "visible_planned_topics",
    "visible_replies",
    "visible_rituals",
    "visible_saved_searches",
    "visible_topics",
]
