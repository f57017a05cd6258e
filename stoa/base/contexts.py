"""What a template's calls go through: as Jinja's own context does it, with each kind of thing that can be called told apart once.

A page calls some four hundred phrases, macros and functions; most of what such a call cost was finding out what it wants to be given.
"""

from functools import cache
from typing import Any

from jinja2.runtime import Context, Macro
from jinja2.utils import _PassArg

MARK = "jinja_pass_arg"


class PageContext(Context):
    """The context of every page. A function that asks for the context is given the page's own, without what a loop has set: all that ours
    read is what every template sees."""

    def call(__self, __obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        if kwargs:
            kwargs.pop("_loop_vars", None)
            kwargs.pop("_block_vars", None)
        if type(__obj) is Macro:
            return __obj(__self.eval_ctx, *args, **kwargs)
        wants = getattr(__obj, MARK, None)
        if wants is None:
            kind: Any = type(__obj)
            if _call_is_marked(kind):
                return super().call(__obj, *args, **kwargs)
        elif wants is _PassArg.eval_context:
            args = (__self.eval_ctx, *args)
        elif wants is _PassArg.context:
            args = (__self, *args)
        else:
            args = (__self.environment, *args)
        try:
            return __obj(*args, **kwargs)
        except StopIteration:
            return __self.environment.undefined("a function that was called had nothing more to give")


@cache
def _call_is_marked(kind: type) -> bool:
    """Whether what is called is an object whose own way of being called asks for something."""
    return any(
        MARK in vars(each.__dict__["__call__"])
        for each in kind.__mro__
        if hasattr(each.__dict__.get("__call__"), "__dict__")
    )
