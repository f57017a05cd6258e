"""The tables and columns that are read of a Discourse backup; those that only stay behind are counted."""

TABLES: dict[str, tuple[str, ...]] = {
    "site_settings": ("name", "value"),
    "categories": ("id", "name", "description", "read_restricted", "parent_category_id"),
    "category_groups": ("category_id", "group_id", "permission_type"),
    "group_users": ("group_id", "user_id"),
    "users": (
        "id", "username", "name", "created_at", "active", "staged", "admin", "suspended_till", "silenced_till", "trust_level",
        "uploaded_avatar_id", "locale",
    ),
    "user_emails": ("user_id", "email", "primary"),
    "user_profiles": ("user_id", "bio_raw"),
    "user_options": ("user_id", "timezone"),
    "topics": (
        "id", "title", "category_id", "user_id", "deleted_at", "visible", "closed", "archived", "archetype", "pinned_at",
        "pinned_until", "created_at", "bumped_at",
    ),
    "posts": (
        "id", "user_id", "topic_id", "post_number", "raw", "created_at", "deleted_at", "hidden", "user_deleted", "post_type",
        "last_version_at", "version",
    ),
    "post_actions": ("post_id", "user_id", "post_action_type_id", "deleted_at", "created_at"),
    "tags": ("id", "name"),
    "topic_tags": ("topic_id", "tag_id"),
    "topic_custom_fields": ("topic_id", "name", "value"),
    "discourse_solved_solved_topics": ("topic_id", "answer_post_id"),
    "uploads": ("id", "url", "original_filename", "sha1", "filesize"),
    "polls": ("id", "post_id", "name", "type", "status", "results"),
    "poll_options": ("id", "poll_id", "html", "anonymous_votes"),
    "poll_votes": ("poll_id", "poll_option_id"),
    "bookmarks": ("id",),
    "post_revisions": ("id",),
    "drafts": ("id",),
    "user_badges": ("id",),
    "topic_users": ("notification_level",),
    "discourse_reactions_reactions": ("id", "post_id", "reaction_value"),
    "discourse_reactions_reaction_users": ("reaction_id", "user_id", "created_at", "post_id"),
}  # fmt: skip
STAY = {"bookmarks": "bookmarks", "post_revisions": "versions", "drafts": "drafts", "user_badges": "badges"}
USUAL = ("1", "", "None")  # levels at which somebody neither follows nor mutes a topic
