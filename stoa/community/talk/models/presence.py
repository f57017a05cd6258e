"""Whether something written is still there: here, withdrawn by its author, or hidden by a decision."""

from django.db import models


class Presence(models.TextChoices):
    """Withdrawn and hidden rows keep their text, so that a decision can be undone exactly."""

    HERE = "here"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
