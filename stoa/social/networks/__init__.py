"""Networks: channels, and the connectors that speak to each network. It announces what became of a connection."""
