"""Mastodon, and whatever speaks as it does."""
