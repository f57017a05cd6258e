"""Discord: one channel of a server, through a bot."""
