"""A network asked for patience: until then nothing goes to this channel, whichever delivery it is for."""

from datetime import datetime

from django.db.models import Q

from stoa.social.networks.models import Channel


def keep_quiet(channel_id: int, until: datetime) -> None:
    """Notes how long to wait; an earlier, longer wait stands."""
    rows = Channel.objects.filter(Q(quiet_until=None) | Q(quiet_until__lt=until), id=channel_id)
    rows.update(quiet_until=until)
