"""The rights that this room knows, each with its sentence and the shipped roles that hold it from the start."""

from django.utils.translation import gettext as _

from stoa.people import rights

MEMBERS = ("member", "space.member", "space.moderator", "space.steward")
TENDERS = ("moderator", "community_manager", "space.moderator", "space.steward")

rights.register("talk.open_topic", lambda: _("open topics"), *MEMBERS)
rights.register("talk.plan_topic", lambda: _("write topics that open at a later time"), *MEMBERS)
rights.register(
    "talk.keep_rituals",
    lambda: _("keep rituals: topics that open by themselves again and again"),
    "community_manager",
    "space.steward",
)
rights.register("talk.reply", lambda: _("reply to topics"), *MEMBERS, "space.guest")
rights.register("talk.close_topic", lambda: _("close and reopen any topic"), *TENDERS)
rights.register("talk.move_topic", lambda: _("move, split and merge topics"), *TENDERS)
rights.register("talk.introduce", lambda: _("introduce newcomers to members"), "moderator", "community_manager")
rights.register("talk.accept_answer", lambda: _("say which reply settled a question"), *TENDERS, from_level=3)
rights.register("talk.see_hidden", lambda: _("see what was hidden or withdrawn"), *TENDERS)
rights.register("talk.remove_version", lambda: _("remove former versions of what was edited"), *TENDERS)
rights.register("talk.announce", lambda: _("open announcements"), *TENDERS)
rights.register("talk.answer_idea", lambda: _("say what becomes of an idea"), *TENDERS)
rights.register("talk.slow_topic", lambda: _("put topics into slow mode, and reply there at any pace"), *TENDERS)
rights.register("talk.pin", lambda: _("pin topics in a space"), *TENDERS)
rights.register("talk.tend_tags", lambda: _("tag any topic, and rename, merge and forbid tags"), *TENDERS)
rights.register("talk.tag_any", lambda: _("tag other people's topics"), *TENDERS, from_level=2)
rights.register(
    "talk.write_freely", lambda: _("write without the limits for somebody new"),
    "moderator", "community_manager", "social_media_manager", "lead", "operator", "space.moderator", from_level=1,
)  # fmt: skip
rights.register(
    "talk.give_badge",
    lambda: _("give badges for something that helped others"),
    "community_manager",
    "space.steward",
)
rights.register("talk.write_directly", lambda: _("write direct messages"), "member")
