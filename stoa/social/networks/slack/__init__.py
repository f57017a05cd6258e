"""Slack: one channel of a workspace, through a bot of its own app."""
