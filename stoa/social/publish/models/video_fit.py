"""A video of a post as one network's rule takes it: asked for, written in the background, kept for all channels with the same rule."""

from django.db import models
from django.db.models import Q

from stoa.base import clock
from stoa.base.models.file import File
from stoa.base.work.rows import DueRow
from stoa.social.publish.models.post import Post

ASKED, DONE, FAILED = "asked", "done", "failed"
FIT_STATES = (ASKED, DONE, FAILED)


class VideoFit(DueRow):
    """`of`: the post's own file. `rule`: see `library.filmed.rule_of`; the numbers of it are kept in `limit`, since a rule may change
    before its turn comes. `file`: what it became. `reason`: why that failed."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="video_fits")
    of = models.ForeignKey(File, on_delete=models.CASCADE, related_name="+")
    rule = models.CharField(max_length=16)
    limit = models.JSONField(default=dict)
    state = models.CharField(max_length=6, default=ASKED, choices=[(each, each) for each in FIT_STATES])
    file = models.ForeignKey(File, null=True, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["of", "rule"], name="video_fitted_once"),
            models.CheckConstraint(condition=Q(state__in=FIT_STATES), name="video_fit_state_known"),
            models.CheckConstraint(condition=~Q(state=DONE) | Q(file__isnull=False), name="fitted_video_has_file"),
        ]
        indexes = [models.Index(fields=["due_at"], name="video_fit_due")]

    def __str__(self) -> str:
        return f"{self.state} {self.rule}"
