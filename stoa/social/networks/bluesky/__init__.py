"""Bluesky (the AT Protocol's `app.bsky` records), spoken to through the account's own server."""
