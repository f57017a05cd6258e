"""This room's tables: figures of days, and the days that must be counted anew."""

from stoa.measure.models.day import DirtyDay, MetricDay

__all__ = ["DirtyDay", "MetricDay"]
