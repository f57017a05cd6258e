"""The one renderer for all that people write: Markdown in, clean HTML stored, names and quotes filled in when shown.

    class Topic(Row, Authored): ...
    topic.set_text(write(form_text))                       in the action; `.person_ids` of what it gives are the mentioned
    {{ shown[topic.id] }}                                  shown = show_each(topics)

Mentions are stored as `@[person:ID]` and quotes as `> [quote:ID:from-to]`: a rename or an erasure rewrites nobody's text.

The socket: the room that knows people plugs in how names become ids and ids become names (`plug_people`); the room that can be
quoted plugs in what a quote shows (`plug_quotes`). A call of a group is stored as `@[group:KEY]`; the room that has such groups plugs in
how they are called (`plug_groups`) and says at each writing which ones its writer may call (`write(…, groups=)`).
"""

from stoa.base.text.bare import without_cards
from stoa.base.text.plain import all_words, cut, direction_of, excerpt, first_line, plain
from stoa.base.text.render import VERSION, rendered
from stoa.base.text.show import group_keys, person_ids, quote_marks, show, show_each, show_written
from stoa.base.text.sockets import Name, Quoted, QuoteMark, plug_groups, plug_people, plug_quotes
from stoa.base.text.source import LONGEST, for_editing
from stoa.base.text.value import Authored, Written, write

__all__ = [
    "LONGEST",
    "VERSION",
    "Authored",
    "Name",
    "QuoteMark",
    "Quoted",
    "Written",
    "all_words",
    "cut",
    "direction_of",
    "excerpt",
    "first_line",
    "for_editing",
    "group_keys",
    "person_ids",
    "plain",
    "plug_groups",
    "plug_people",
    "plug_quotes",
    "quote_marks",
    "rendered",
    "show",
    "show_each",
    "show_written",
    "without_cards",
    "write",
]
