"""Doors of this room: pages of the desk."""
