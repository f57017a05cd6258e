"""Whether something written is still there: here, withdrawn by its author, hidden by a decision, or merged into another topic."""

from django.db import models


class Presence(models.TextChoices):
    """Withdrawn and hidden rows keep their text, so that a decision can be undone exactly. A merged topic has given its text away."""

    HERE = "here"
    WITHDRAWN = "withdrawn"
    HIDDEN = "hidden"
    MERGED = "merged"
