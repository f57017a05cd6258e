"""What passes between the wings: members' words that go out under a usage right, and what came of what went out.

Owns usage rights with their uses, campaigns with their placements and touches, and loops. Announces: usage_right_requested,
usage_right_granted, usage_right_narrowed, usage_right_declined, usage_right_withdrawn, usage_right_expired, use_started, use_taken_down.
"""
