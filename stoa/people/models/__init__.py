"""The room's tables, one noun per file."""

from stoa.people.models.account import Account
from stoa.people.models.block import Block
from stoa.people.models.bookmark import Bookmark
from stoa.people.models.door import DoorAnswer, DoorPass, DoorQuestion, DoorQuestionWords, SignUp
from stoa.people.models.draft import Draft
from stoa.people.models.field import PersonWord, ProfileAnswer, ProfileField
from stoa.people.models.follow import Follow
from stoa.people.models.identity import Identity, IdentityEvent
from stoa.people.models.level import LevelChange, LevelLock
from stoa.people.models.link import ProfileLink
from stoa.people.models.notice import Notice, NoticeWish
from stoa.people.models.person import Person
from stoa.people.models.purpose import Purpose, purpose
from stoa.people.models.quiet import QuietHours

__all__ = [
    "Account",
    "Block",
    "Bookmark",
    "DoorAnswer",
    "DoorPass",
    "DoorQuestion",
    "DoorQuestionWords",
    "Draft",
    "Follow",
    "Identity",
    "IdentityEvent",
    "LevelChange",
    "LevelLock",
    "Notice",
    "NoticeWish",
    "Person",
    "PersonWord",
    "ProfileAnswer",
    "ProfileField",
    "ProfileLink",
    "Purpose",
    "QuietHours",
    "SignUp",
    "purpose",
]
