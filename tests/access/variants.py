"""What else a page can be asked for than what its rule says: other lists, other pages, other sizes. A variant is a query."""

VARIANTS: dict[str, tuple[str, ...]] = {
    "base:file": ("?size=thumb",),
    "people:people": ("?q=kanari",),
    "people:desk_members": ("?q=kanari",),
    "spaces:spaces": ("?q=kanari",),
    "spaces:members": ("?q=o",),
    "spaces:desk_spaces": ("?q=kanari",),
    "spaces:desk_roles": ("?q=o",),
    "talk:topics": ("?list=unanswered", "?list=mine", "?list=new", "?list=unread", "?list=top&period=all"),
    "talk:space_topics": ("?list=unanswered", "?list=new", "?list=unread", "?list=top&period=week"),
    "talk:search": ("?q=topic", "?q=space", "?q=event", "?q=secret"),
    "gather:events": ("?list=past", "?list=mine"),
    "gather:desk_events": ("?list=past",),
    "gather:people": ("?list=waiting",),
    "front:today": ("?list=mine", "?list=team", "?list=all"),
    "front:calendar": ("?view=month&day=2026-03-04", "?view=week&day=2026-03-05", "?view=list"),
    "publish:posts": ("?state=planned", "?state=draft"),
    "bridge:desk_stories": ("?shelf=asked", "?shelf=granted", "?shelf=all"),
}
