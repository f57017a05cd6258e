"""Phrases of templates: formatted always, escaped where the template escapes, in the language of the moment."""

from django.template import engines
from django.utils import translation

JINJA = engines["jinja"]


def drawn(source: str, **values: object) -> str:
    return str(JINJA.from_string(source).render(values))


def test_values_are_escaped_and_the_phrase_is_not() -> None:
    assert drawn('{{ _("%(name)s <b>writes</b>", name=name) }}', name="<i>") == "&lt;i&gt; <b>writes</b>"
    assert drawn("{% trans %}100% of {{ name }}{% endtrans %}", name="<i>") == "100% of &lt;i&gt;"


def test_a_percent_sign_is_written_twice_in_a_phrase() -> None:
    assert drawn('{{ _("100%% done") }}') == "100% done"


def test_numbers_choose_their_form() -> None:
    source = '{{ ngettext("%(num)s reply", "%(num)s replies", count) }}'
    assert [drawn(source, count=count) for count in (0, 1, 2)] == ["0 replies", "1 reply", "2 replies"]


def test_any_word_may_be_the_name_of_a_value() -> None:
    assert drawn('{{ _("%(place)s, %(message)s", place="here", message="this") }}') == "here, this"


def test_each_language_has_its_own() -> None:
    with translation.override("de"):
        assert drawn('{{ _("January") }}') == "Januar"
    assert drawn('{{ _("January") }}') == "January"
