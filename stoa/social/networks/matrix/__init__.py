"""Matrix: one room, through an account of our own on any home server."""
