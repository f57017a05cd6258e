"""Templates call as Jinja's own context does."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest
from jinja2 import Environment, StrictUndefined, UndefinedError, pass_context, pass_environment, pass_eval_context
from jinja2.runtime import Context

from stoa.base.contexts import PageContext

CALLS = """{% macro bold(words, end="") %}<b>{{ words }}{{ caller() if caller is defined else "" }}{{ end }}</b>{% endmacro %}
{% for each in [1, 2] %}{{ bold(each, end="!") }}{% call bold("<") %}{{ each }}{% endcall %}{{ place("page") }}{{ safe("<i>") }}
{{ made("x") }}{{ marked(each) }}{{ plain(each, by=2) }}{{ "%s" % partly(each) }}{{ "b".upper() }}
{% endfor %}{{ ran_out()|default("nothing more") }}"""


class Marked:
    @pass_context
    def __call__(self, context: Context, number: int) -> str:
        return f"{context['page']} {number}"


@pass_context
def place(context: Context, name: str) -> str:
    return str(context[name])


@pass_eval_context
def safe(where: Any, text: str) -> str:
    return f"{where.autoescape} {text}"


@pass_environment
def made(environment: Environment, name: str) -> str:
    return f"{environment.autoescape} {name}"


def ran_out() -> object:
    nothing: Iterator[object] = iter(())
    return next(nothing)


def drawn(context: type[Context], template: str = CALLS) -> str:
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    environment.context_class = context
    environment.globals |= {
        "place": place, "safe": safe, "made": made, "marked": Marked(), "ran_out": ran_out,
        "plain": lambda number, by: number * by, "partly": partial(lambda one, other: one + other, 40),
    }  # fmt: skip
    return environment.from_string(template).render(page="here")


def test_everything_that_can_be_called_is_given_what_it_wants() -> None:
    assert drawn(PageContext) == drawn(Context)
    assert "<b>&lt;2</b>hereTrue &lt;i&gt;\nTrue xhere 2442B" in drawn(PageContext)
    assert drawn(PageContext).endswith("nothing more")


@pytest.mark.parametrize("context", [Context, PageContext])
def test_what_is_not_there_cannot_be_called(context: type[Context]) -> None:
    with pytest.raises(UndefinedError, match="'missing' is undefined"):
        drawn(context, "{{ missing() }}")
