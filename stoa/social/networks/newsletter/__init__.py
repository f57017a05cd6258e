"""The newsletter: letters by e-mail to our own list, from this house, spoken to over HTTP like any other network."""
