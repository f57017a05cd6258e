"""Events and what people reach together. Owns events, answers to them, calendars, formats with their
occasions, the community's goal and what is counted towards it.

Announces: event_planned, event_changed, event_cancelled, event_hidden, event_restored, rsvp_given, rsvp_moved_up, attendance_taken,
format_kept, format_changed, format_started, goal_set, contribution_counted, contribution_withdrawn.
"""
