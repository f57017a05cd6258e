"""What this room brings to lower rooms' sockets, and its own metrics."""

from stoa.measure import metrics, rights  # noqa: F401  (registers what is counted by the day, and this room's right)
