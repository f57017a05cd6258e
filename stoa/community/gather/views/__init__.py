"""Doors for people: fetch through permission, call one action, answer."""
