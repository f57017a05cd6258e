"""What happens in this room: one file per noun, one function per verb."""

from stoa.community.gather.actions.attendance import take_attendance
from stoa.community.gather.actions.decisions import hide_event, restore_event
from stoa.community.gather.actions.events import cancel_event, change_event, hosts_of, plan_event
from stoa.community.gather.actions.formats import FormatPlan, change_format, keep_format, start_format
from stoa.community.gather.actions.goals import count_contribution, set_goal, withdraw_contribution
from stoa.community.gather.actions.hosts import add_host, remove_host
from stoa.community.gather.actions.own_calendar import make_feed, revoke_feed
from stoa.community.gather.actions.reminders import send_reminders
from stoa.community.gather.actions.rsvps import give_up_seats, say_no, say_yes

__all__ = [
    "FormatPlan",
    "add_host",
    "cancel_event",
    "change_event",
    "change_format",
    "count_contribution",
    "give_up_seats",
    "hide_event",
    "hosts_of",
    "keep_format",
    "make_feed",
    "plan_event",
    "remove_host",
    "restore_event",
    "revoke_feed",
    "say_no",
    "say_yes",
    "send_reminders",
    "set_goal",
    "start_format",
    "take_attendance",
    "withdraw_contribution",
]
