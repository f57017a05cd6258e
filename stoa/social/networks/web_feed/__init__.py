"""RSS and Atom from this house: a feed is a channel, served at an address of our own."""
