"""The room of what comes back from networks: who spoke to us, what we answered, and the numbers that each network tells.

It owns conversations, their messages, mentions and readings. It announces when a conversation is opened, heard, answered and closed,
and when readings were taken.
"""
