"""What crosses rooms, and nothing else: home, navigation, Today, the one calendar, set-up, and the demo's telling.

Owns marks on Today (snoozed, handed over, not needed), the last visit to Today, and what was answered at set-up. Announces those.
"""
