"""Fields of forms that several rooms use."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class WallTime(forms.CharField):
    """A day and a time as a clock on the wall shows them, without a zone."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "300"})

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        if not typed:
            return None
        try:
            return datetime.fromisoformat(typed[:16])
        except ValueError as wrong:
            raise forms.ValidationError(_("Give a day and a time.")) from wrong
