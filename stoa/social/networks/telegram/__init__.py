"""Telegram: a bot that posts in a channel or a group."""
