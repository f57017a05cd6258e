"""Forms of this room: what a network asks before it lets us in, and the switch that stops all sending."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from stoa.social.networks.protocol import Field

LONGEST = 500
LASTING = [("", _("Until somebody lifts it")), ("1", _("One hour")), ("4", _("Four hours")), ("24", _("A day"))]


class ConnectForm(forms.Form):
    """One form for all networks: made of the questions that the connector asks."""

    def __init__(self, fields: tuple[Field, ...], given: Mapping[str, str] | None = None) -> None:
        super().__init__(given)
        for field in fields:
            self.fields[field.name] = control(field)


def control(field: Field) -> forms.Field:
    """The input of one question. What is secret is never shown again."""
    if field.choices:
        return forms.ChoiceField(
            label=field.label,
            help_text=field.hint,
            initial=field.default,
            choices=field.choices,
            widget=forms.RadioSelect,
        )
    widget = forms.PasswordInput({"autocomplete": "off"}) if field.kind == "secret" else forms.TextInput()
    return forms.CharField(
        label=field.label, help_text=field.hint, initial=field.default, max_length=LONGEST, widget=widget
    )


class SignForm(ConnectForm):
    """What must be known before one leaves to sign in. `kept`: what is known of our application already, and may stay empty; where
    each server has one of its own, it is known only when the server is."""

    def __init__(
        self, fields: tuple[Field, ...], given: Mapping[str, str] | None = None, *, kept: Collection[str] = ()
    ) -> None:
        super().__init__(fields, given)
        self.auto_id = "sign_in_%s"
        for name in set(kept) & set(self.fields):
            self.fields[name].required = False
            self.fields[name].initial = None
            self.fields[name].help_text = _("It is kept here already. Fill this in only to change it.")
        for field in fields if any(not each.once for each in fields) else ():
            self.fields[field.name].required = not field.once


class ChoiceForm(forms.Form):
    """Which of the accounts that were opened are ours to speak for."""

    accounts = forms.TypedMultipleChoiceField(
        label=_("Accounts"), coerce=int, widget=forms.CheckboxSelectMultiple, choices=()
    )

    def __init__(self, names: Sequence[str], given: Mapping[str, str] | None = None) -> None:
        super().__init__(given)
        self.fields["accounts"].choices = [(str(number), name) for number, name in enumerate(names)]  # type: ignore[attr-defined]


class HandForm(forms.Form):
    """An account that a person posts for: whose it is, and where it stands."""

    handle = forms.CharField(label=_("Its handle there"), max_length=200)
    name = forms.CharField(label=_("Its name"), max_length=200)
    address = forms.URLField(label=_("Its public address"), max_length=500, assume_scheme="https")


class HoldForm(forms.Form):
    """Why nothing goes out, and for how long."""

    reason = forms.CharField(label=_("Why nothing should go out"), max_length=300)
    hours = forms.ChoiceField(label=_("For how long"), choices=LASTING, required=False)

    @property
    def length(self) -> timedelta | None:
        hours = self.cleaned_data["hours"]
        return timedelta(hours=int(hours)) if hours else None


class BudgetForm(forms.Form):
    """What a channel may spend in a month."""

    amount = forms.DecimalField(
        label=_("At most in a month"), required=False, min_value=0, max_value=1_000_000, decimal_places=2,
        help_text=_("Empty: as much as it costs. What does not fit is refused, and says so."),
    )  # fmt: skip
