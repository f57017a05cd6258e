"""The settings of the desk, each with generated values through the page's own form: kept as typed, or refused and still in its field."""

import math
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as Rolled
from selectolax.lexbor import LexborHTMLParser, LexborNode

from stoa.base import options
from stoa.base.errors import Invalid
from stoa.base.models import FactRow, OptionRow
from stoa.base.options import Option, declare
from stoa.people.models import Account
from stoa.spaces.tests.makers import make_staff

PAGE = "/desk/settings/"
HOSTILE = (
    "", " ", "-", "+", ".", "1.", "1e3", "1e999", "-1e999", "inf", "-Infinity", "nan", "NaN", "0x10", "1_000", "1,5", "१२", "\0", "15\0",
    "\r\n20", "on", "off", "true", "null", "9" * 39, "9" * 5000, "a" * 2000, "a" * 2001, "<script>alert(1)</script>", "\"'><b>", "\u202e20",
)  # fmt: skip
CALM = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
THOROUGH = settings(CALM, max_examples=150)
TEXTS = st.text(st.characters(exclude_categories=("Cs",)), max_size=40)


def declared_here() -> None:
    """Beside the registered options one of each shape, with and without limits."""
    options.option("front.test_any", 1.5, "Any number.")
    options.option("front.test_least", 0.5, "From nothing on.", least=0)
    options.option("front.test_count", -3, "Any whole number.")
    options.option("front.test_most", 3, "At most nine.", most=9)
    options.option("front.test_open", True, "Whether.")
    options.option("front.test_tone", "warm", "How.", choices=["warm", "dry & plain"])
    options.option("front.test_words", "", "What.")


def numbers_of(declared: Option[Any]) -> st.SearchStrategy[str]:
    """Numbers within, at and beyond the limits, as they are typed."""
    least = -1000 if declared.least is None else int(declared.least)
    most = 5000 if declared.most is None else int(declared.most)
    whole = st.integers(least - 3, most + 3)
    return whole.map(str) | st.floats(least - 2, most + 2, width=32).map(repr) | whole.map(lambda each: f" {each} ")


def typed_into(declared: Option[Any]) -> st.SearchStrategy[str]:
    """Half of it fits as a rule; what a page would never offer is among it."""
    fits = {bool: lambda: st.sampled_from(["on", ""]), str: lambda: TEXTS}.get(
        declared.kind, lambda: numbers_of(declared)
    )
    chosen = st.sampled_from(list(declared.choices)) if declared.choices else fits()
    return chosen | st.sampled_from(HOSTILE) | TEXTS


def meant_by(declared: Option[Any], text: str) -> Any:
    """What a reader would say was typed; None when it does not fit. Written anew, from the option's own words."""
    if declared.kind is bool:
        return {"on": True, "": False}.get(text)
    if declared.kind is str:
        return text if len(text) <= 2000 and "\0" not in text and text in (declared.choices or [text]) else None
    if not text.isascii() or "_" in text or len(text) > 60:
        return None
    try:
        number = declared.kind(text)
    except ValueError:
        return None
    least, most = (10**15 if each is None else each for each in (declared.least, declared.most))
    within = number >= (least if declared.least is not None else -(10**15)) and number <= most
    return number if math.isfinite(number) and within else None


def field_of(page: LexborHTMLParser, key: str) -> LexborNode:
    found = page.css_first(f'[id="option-{key}"]')
    assert found is not None
    return found


def shown_in(field: LexborNode) -> str:
    """What stands in the field."""
    if field.tag == "select":
        field = next(each for each in field.css("option") if "selected" in each.attributes)
    if field.attributes.get("type") == "checkbox":
        return "on" if "checked" in field.attributes else ""
    return field.attributes.get("value") or ""


def as_html(text: str) -> str:
    """How a page can show it at all."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


def kept() -> dict[str, Any]:
    return dict(OptionRow.objects.values_list("key", "value"))


class EveryOption(Rolled):
    """One world for each example, rolled back after it."""

    def setUp(self) -> None:
        self.before = dict(declare._options)
        declared_here()
        self.client = Client(enforce_csrf_checks=True)
        self.client.force_login(Account.objects.get(person__id=make_staff("owner").person_id))

    def tearDown(self) -> None:
        declare._options.clear()
        declare._options.update(self.before)

    def typed(self, key: str, text: str) -> tuple[int, LexborHTMLParser]:
        """The form of this option as the page draws it, sent with this text; the status, and the page that follows."""
        page = LexborHTMLParser(self.client.get(PAGE).content)
        form: LexborNode | None = field_of(page, key)
        while form is not None and form.tag != "form":
            form = form.parent
        assert form is not None
        token = form.css_first('[name="csrfmiddlewaretoken"]')
        assert token is not None
        sent = {"csrfmiddlewaretoken": token.attributes["value"] or "", "value": text}
        answer = self.client.post(form.attributes["action"] or "", sent)
        shown = self.client.get(PAGE) if answer.status_code == 303 else answer
        return answer.status_code, LexborHTMLParser(shown.content)

    @THOROUGH
    @given(st.data())
    def test_what_is_typed_is_kept_or_refused_with_a_reason_and_still_there(self, drawn: st.DataObject) -> None:
        declared = drawn.draw(st.sampled_from(options.all_options()), label="option")
        text = drawn.draw(typed_into(declared), label="typed")
        meant, facts = meant_by(declared, text), FactRow.objects.count()
        status, page = self.typed(declared.key, text)
        if "\0" in text:  # refused for every form, before anything is asked
            assert (status, kept(), FactRow.objects.count()) == (422, {}, facts)
            return
        field, reason = field_of(page, declared.key), page.css_first("p.error")
        others = {key: value for key, value in options.values().items() if key != declared.key}
        assert others == {each.key: each.default for each in options.all_options() if each.key != declared.key}
        if meant is None:
            assert (status, kept(), FactRow.objects.count()) == (422, {}, facts)
            assert reason is not None
            assert reason.text(strip=True).startswith("Not changed. This ")
            assert (field.attributes["aria-invalid"], reason.attributes["id"]) == (
                "true",
                f"option-{declared.key}-said",
            )
            assert declared.kind is bool or shown_in(field) == as_html(text)
            return
        assert (status, declared.get(), type(declared.get())) == (303, meant, declared.kind)
        assert (reason, FactRow.objects.count() - facts) == (None, int(meant != declared.default))
        if declared.kind is float:  # PostgreSQL keeps no sign of nothing in JSON
            assert float(shown_in(field)) == meant
            return
        assert shown_in(field) == ({True: "on", False: ""}[meant] if declared.kind is bool else as_html(str(meant)))

    @CALM
    @given(st.data())
    def test_a_refusal_leaves_what_was_set_before(self, drawn: st.DataObject) -> None:
        declared = drawn.draw(st.sampled_from(options.all_options()), label="option")
        first = drawn.draw(typed_into(declared).filter(lambda each: meant_by(declared, each) is not None))
        second = drawn.draw(st.sampled_from([each for each in HOSTILE if meant_by(declared, each) is None]))
        self.typed(declared.key, first)
        before, facts = kept(), FactRow.objects.count()
        assert self.typed(declared.key, second)[0] == 422
        assert (kept(), FactRow.objects.count()) == (before, facts)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan, 1e16, 10**400])
def test_a_number_without_limits_is_still_a_number(value: float) -> None:
    some = Option("front.test_some", 1.5, "Any number.")
    with pytest.raises(Invalid, match="This takes a number, at most 1e\\+15"):
        some.checked(value)
