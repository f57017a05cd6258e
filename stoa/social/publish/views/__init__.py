"""Doors of this room: the composer, posts and deliveries at the desk, and the counting redirect."""
