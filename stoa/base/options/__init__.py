"""Options: typed settings that are edited at the desk while Stoa runs; each change is a fact.

    EDIT_MINUTES = option("talk.edit_minutes", 30, "For how many minutes an author may change a reply.", least=0, most=1440)
    EDIT_MINUTES.get()
    set_option("talk.edit_minutes", 60, by=actor)

A room declares its options in `options.py`, which its `plugs.py` imports. Each stands in docs/settings.md, or a test fails.
"""

from stoa.base.options.change import OptionChanged, may_change_options, set_option
from stoa.base.options.declare import Option, all_options, find, option, values

__all__ = ["Option", "OptionChanged", "all_options", "find", "may_change_options", "option", "set_option", "values"]
