"""What this room does with its own rows: it marks days, counts them anew, and keeps what counting gave."""

from stoa.measure.actions.rollups import count_days, days_that_stand, mark, recount, ripened, settle

__all__ = ["count_days", "days_that_stand", "mark", "recount", "ripened", "settle"]
